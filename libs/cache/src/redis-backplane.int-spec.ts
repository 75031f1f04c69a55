import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadConfig } from '#libs/config';
import { systemClock } from '#libs/kernel';
import { createLogger } from '#libs/observability';
import { RedisConnections } from '#libs/redis';
import { eventually, inOwnTime, startRedis, TcpProxy, type RedisFixture } from '#libs/testing';
import type { BackplaneState } from './core/publishing/backplane.js';
import { systemScheduler } from './core/time/scheduler.js';
import { RedisBackplane } from './redis-backplane.js';

/** A silent peer, in time of this process. */
const NOTICED_WITHIN_MS = 5_000;

interface Replica {
  readonly backplane: RedisBackplane;
  readonly messages: string[];
  readonly states: BackplaneState[];
  close(): Promise<void>;
}

function startReplica(url: string, replicaId: string): Replica {
  const env = { REDIS_URL: url, REPLICA_ID: replicaId, REDIS_COMMAND_TIMEOUT_MS: '10000' };
  const config = loadConfig(env, 'commerce');
  const connections = new RedisConnections({
    config: config.redis,
    replicaId,
    clock: systemClock,
    logger: createLogger({ level: 'fatal' }),
  });
  const backplane = new RedisBackplane({
    publisher: connections.open('backplane-publisher'),
    subscriber: connections.open('backplane-subscriber'),
    channel: 'test:invalidation',
    heartbeatChannel: `test:heartbeat:${replicaId}`,
    clock: systemClock,
    scheduler: systemScheduler,
  });
  const messages: string[] = [];
  const states: BackplaneState[] = [];
  backplane.start({
    message: (text) => messages.push(text),
    stateChanged: (state) => states.push(state),
  });
  return {
    backplane,
    messages,
    states,
    close: async () => {
      await backplane.stop();
      await connections.onApplicationShutdown();
    },
  };
}

describe('RedisBackplane', () => {
  let redis: RedisFixture;
  let one: Replica;
  let other: Replica;

  beforeEach(async () => {
    redis = await startRedis();
    one = startReplica(redis.url, 'one');
    other = startReplica(redis.url, 'other');
    await eventually('both are connected', () =>
      [one, other].every(({ backplane }) => backplane.state === 'connected'),
    );
  });

  afterEach(async () => {
    await one.close();
    await other.close();
    redis.thaw();
    await redis.stop();
  });

  it('carries a message to every replica, the sender included', async () => {
    await one.backplane.publish('hello');
    await eventually('it arrives', () => other.messages.length === 1 && one.messages.length === 1);
    expect(other.messages).toEqual(['hello']);
  });

  it('hears again after its subscription was killed, and says that it was deaf', async () => {
    await redis.cli('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await eventually('it is connected again', () =>
      other.states.join().endsWith('disconnected,connected'),
    );
    await one.backplane.publish('again');
    await eventually('it arrives', () => other.messages.includes('again'));
  });

  it('notices a frozen Redis within five seconds, and recovers by itself', async () => {
    redis.freeze();
    const [, waitedMs] = await inOwnTime(() =>
      eventually('it is not connected', () => other.backplane.state !== 'connected'),
    );
    expect(waitedMs).toBeLessThan(NOTICED_WITHIN_MS);
    await expect(one.backplane.publish('lost')).rejects.toThrow();
    redis.thaw();
    await eventually('both are connected again', () =>
      [one, other].every(({ backplane }) => backplane.state === 'connected'),
    );
    await eventually('messages arrive again', async () => {
      await one.backplane.publish('back');
      return other.messages.includes('back');
    });
  });

  it('refuses to publish at once while Redis is away', async () => {
    await redis.kill();
    await eventually('it is known', () => one.backplane.state !== 'connected');
    await expect(one.backplane.publish('x')).rejects.toThrow();
  });

  it('notices that only its subscription is silent', async () => {
    const proxy = await TcpProxy.start({ targetPort: redis.port });
    const third = startReplica(`redis://127.0.0.1:${proxy.port}`, 'third');
    try {
      await eventually('it is connected', () => third.backplane.state === 'connected');
      proxy.freeze('to-client');
      const [, waitedMs] = await inOwnTime(() =>
        eventually('it is noticed', () => third.backplane.state !== 'connected'),
      );
      expect(waitedMs).toBeLessThan(NOTICED_WITHIN_MS);
    } finally {
      await third.close();
      await proxy.stop();
    }
  });

  it('finds the way back when only its subscription has moved to another server', async () => {
    const successor = await startRedis();
    const proxy = await TcpProxy.start({ targetPort: redis.port });
    const moving = startReplica(`redis://127.0.0.1:${proxy.port}`, 'moving');
    const moved = startReplica(successor.url, 'moved');
    try {
      await eventually('both are connected', () =>
        [moving, moved].every(({ backplane }) => backplane.state === 'connected'),
      );
      proxy.retarget({ targetPort: successor.port });
      await redis.cli('CLIENT', 'KILL', 'TYPE', 'pubsub');
      // It hears the others, and nobody hears it: its publisher is still connected to the old server.
      await eventually('its subscription has moved', async () => {
        await moved.backplane.publish('to moving');
        return moving.messages.includes('to moving');
      });
      await eventually('it is heard', async () => {
        await moved.backplane.publish('others go on');
        await moving.backplane.publish('from moving').catch(() => undefined);
        return moved.messages.includes('from moving');
      });
    } finally {
      await moving.close();
      await moved.close();
      await proxy.stop();
      await successor.stop();
    }
  });
});
