import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadConfig } from '#libs/config';
import { systemClock } from '#libs/kernel';
import { createLogger } from '#libs/observability';
import { eventually, startSentinelGroup, TcpProxy, type SentinelFixture } from '#libs/testing';
import { REDIS_PURPOSES } from './connection-options.js';
import { RedisConnections } from './redis-connections.js';

describe('RedisConnections of a Sentinel group', () => {
  let group: SentinelFixture;
  /** Before the first of the Sentinels. */
  let proxy: TcpProxy;
  let connections: RedisConnections;

  beforeEach(async () => {
    group = await startSentinelGroup();
    const [, firstPort] = /:(\d+)/.exec(group.url) ?? [];
    proxy = await TcpProxy.start({ targetPort: Number(firstPort) });
    const REDIS_URL = group.url.replace(`:${firstPort}`, `:${proxy.port}`);
    connections = new RedisConnections({
      config: loadConfig({ REDIS_URL, CHANNEL_PREFIX: 'test' }, 'commerce').redis,
      replicaId: 'r1',
      clock: systemClock,
      logger: createLogger({ level: 'fatal' }),
    });
    for (const purpose of REDIS_PURPOSES) connections.open(purpose);
    await allConnected();
  }, 30_000);

  afterEach(async () => {
    await connections?.onApplicationShutdown();
    await proxy?.stop();
    await group?.stop();
  }, 30_000);

  const allConnected = () =>
    eventually(
      'every connection is connected',
      () => {
        const states = [...connections.states()].map(([purpose, { status }]) => [purpose, status]);
        expect(states).toEqual(REDIS_PURPOSES.map((purpose) => [purpose, 'connected']));
        return true;
      },
      { withinMs: 30_000 },
    );

  it('follows an orderly failover', async () => {
    await group.failOver();
    await eventually('commands are taken', () =>
      connections
        .open('commands')
        .set('a', '1')
        .catch(() => undefined),
    );
    await allConnected();
    expect(await (await group.primary()).cli('GET', 'a')).toBe('1');
  }, 60_000);

  it('finds the new primary although one Sentinel is silent', async () => {
    proxy.freeze();
    const former = await group.killPrimary();
    await group.successorOf(former);
    await allConnected();
    expect(await connections.open('commands').set('a', '1')).toBe('OK');
  }, 90_000);
});
