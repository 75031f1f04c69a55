import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { eventually } from './eventually.js';
import { startRedis, type RedisFixture } from './redis-fixture.js';

describe('startRedis', () => {
  let redis: RedisFixture;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(async () => {
    await redis.stop();
  });

  it('answers commands on its own port', async () => {
    expect(await redis.cli('SET', 'a', '1')).toBe('OK');
    expect(await redis.cli('GET', 'a')).toBe('1');
  });

  it('keeps connections open and silent while frozen', async () => {
    const socket = connect({ port: redis.port, host: '127.0.0.1' });
    const received: string[] = [];
    socket.on('data', (data) => received.push(data.toString()));
    await new Promise((resolve) => socket.once('connect', resolve));
    redis.freeze();
    socket.write('PING\r\n');
    await expect(
      eventually('an answer', () => received.length > 0, { withinMs: 200 }),
    ).rejects.toThrow('not within');
    redis.thaw();
    await eventually('the answer', () => received.join('').includes('PONG'));
    socket.destroy();
  });

  it('comes back empty on the same port after it was killed', async () => {
    const before = redis.pid;
    await redis.cli('SET', 'b', '1');
    await redis.kill();
    await expect(redis.cli('PING')).rejects.toThrow('refused');
    await redis.restart();
    expect(redis.pid).not.toBe(before);
    expect(await redis.cli('EXISTS', 'b')).toBe('0');
  });
});
