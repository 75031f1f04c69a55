import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadConfig, type RedisConfig } from '#libs/config';
import { systemClock } from '#libs/kernel';
import { createLogger } from '#libs/observability';
import { eventually, startSentinelGroup, TcpProxy, type SentinelFixture } from '#libs/testing';
import { connectionOptions, REDIS_PURPOSES } from './connection-options.js';
import { LastingSentinelConnector } from './lasting-sentinel-connector.js';
import { RedisConnections } from './redis-connections.js';

interface FailoverDetector {
  readonly sentinels: readonly {
    readonly client: { emit(event: 'message', channel: string, text: string): unknown };
  }[];
}

/** Private in the types; made when the connection is there. */
function detectorOf(connector: LastingSentinelConnector): FailoverDetector | undefined {
  const { failoverDetector } = connector as unknown as {
    readonly failoverDetector: FailoverDetector | null;
  };
  return failoverDetector ?? undefined;
}

describe('RedisConnections of a Sentinel group', () => {
  let group: SentinelFixture;
  /** Before the first of the Sentinels. */
  let proxy: TcpProxy;
  let config: RedisConfig;
  let connections: RedisConnections;

  beforeEach(async () => {
    group = await startSentinelGroup();
    const [, firstPort] = /:(\d+)/.exec(group.url) ?? [];
    proxy = await TcpProxy.start({ targetPort: Number(firstPort) });
    const REDIS_URL = group.url.replace(`:${firstPort}`, `:${proxy.port}`);
    config = loadConfig({ REDIS_URL, CHANNEL_PREFIX: 'test' }, 'commerce').redis;
    connections = new RedisConnections({
      config,
      replicaId: 'r1',
      clock: systemClock,
      logger: createLogger({ level: 'fatal' }),
    });
    for (const purpose of REDIS_PURPOSES) connections.open(purpose);
    await allConnected();
  });

  afterEach(async () => {
    await connections?.onApplicationShutdown();
    await proxy?.stop();
    await group?.stop();
  });

  const allConnected = () =>
    eventually('every connection is connected', () => {
      const states = [...connections.states()].map(([purpose, { status }]) => [purpose, status]);
      expect(states).toEqual(REDIS_PURPOSES.map((purpose) => [purpose, 'connected']));
      return true;
    });

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
  });

  it('finds the new primary although one Sentinel is silent', async () => {
    proxy.freeze();
    const former = await group.killPrimary();
    await group.successorOf(former);
    await allConnected();
    await eventually('commands are taken', () => connections.open('commands').set('a', '1'));
  });

  it('goes on searching when the former connection is told of the failover', async () => {
    const connector = new LastingSentinelConnector({
      ...connectionOptions('commands', config, 'search'),
      sentinelMaxConnections: 3,
    });
    await connector.connect(() => undefined);
    const { sentinels } = await eventually('it listens to the Sentinels', () =>
      detectorOf(connector),
    );
    const searching = connector.connect(() => undefined);
    for (const { client } of sentinels) client.emit('message', '+switch-master', 'moved');
    expect((await searching).destroyed).toBe(false);
    connector.disconnect();
  });
});
