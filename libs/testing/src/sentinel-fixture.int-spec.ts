import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadConfig } from '#libs/config';
import { startSentinelGroup, type SentinelFixture } from './sentinel-fixture.js';

describe('startSentinelGroup', () => {
  let group: SentinelFixture;

  beforeEach(async () => {
    group = await startSentinelGroup();
  });

  afterEach(() => group?.stop());

  it('has a url that the configuration understands', () => {
    const { redis } = loadConfig({ REDIS_URL: group.url }, 'commerce');
    expect(redis.url).toMatchObject({ kind: 'sentinel', group: 'lockstep' });
  });

  it('fails over in an orderly way, with the data', async () => {
    const first = await group.primary();
    await first.cli('SET', 'a', '1');
    const former = await group.failOver();
    expect(former).toBe(first);
    const successor = await group.primary();
    expect(successor.port).not.toBe(first.port);
    expect(await successor.cli('GET', 'a')).toBe('1');
    await group.untilReplica(first);
    expect(await first.cli('SET', 'b', '1')).toContain('READONLY');
  });

  it('replaces a frozen primary, which is a replica when it comes back', async () => {
    const frozen = await group.freezePrimary();
    const successor = await group.successorOf(frozen);
    expect(await successor.cli('SET', 'a', '1')).toBe('OK');
    frozen.thaw();
    await group.untilReplica(frozen);
    expect(await frozen.cli('GET', 'a')).toBe('1');
    expect(await group.primary()).toBe(successor);
  });

  it('replaces a primary that was killed', async () => {
    const killed = await group.killPrimary();
    await expect(killed.cli('PING')).rejects.toThrow('refused');
    const successor = await group.successorOf(killed);
    expect(await successor.cli('SET', 'a', '1')).toBe('OK');
  });
});
