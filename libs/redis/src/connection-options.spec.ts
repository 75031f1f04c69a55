import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '#libs/config';
import {
  REDIS_PURPOSES,
  connectionOptions,
  nodeOptions,
  type RedisPurpose,
} from './connection-options.js';

function optionsFor(url: string, purpose: RedisPurpose = 'commands') {
  const { redis } = loadConfig({ REDIS_URL: url }, 'commerce');
  return connectionOptions(purpose, redis, 'name');
}

describe('connectionOptions', () => {
  it('never lets a command wait where a request may stand behind it', () => {
    for (const purpose of ['commands', 'backplane-publisher', 'push-publisher'] as const) {
      expect(optionsFor('redis://h', purpose)).toMatchObject({
        commandTimeout: 300,
        enableOfflineQueue: false,
        maxRetriesPerRequest: 0,
        autoResendUnfulfilledCommands: false,
      });
    }
  });

  it('lets blocking commands of subscribers and workers wait', () => {
    for (const purpose of ['backplane-subscriber', 'push-subscriber', 'jobs-worker'] as const) {
      const options = optionsFor('redis://h', purpose);
      expect(options.maxRetriesPerRequest).toBeNull();
      expect(options).not.toHaveProperty('commandTimeout');
    }
  });

  it('reconnects for ever, at most five seconds apart', () => {
    for (const purpose of REDIS_PURPOSES) {
      const waitMs = optionsFor('redis://h', purpose).retryStrategy?.(100_000);
      expect(waitMs).toBeGreaterThan(0);
      expect(waitMs).toBeLessThanOrEqual(5000);
    }
  });

  it('takes a socket on which nothing arrives for dead, whatever it is for', () => {
    for (const purpose of REDIS_PURPOSES) {
      expect(optionsFor('redis://h', purpose)).toMatchObject({
        socketTimeout: 15_000,
        keepAlive: 5_000,
        connectTimeout: 5_000,
      });
    }
  });

  it('finds Redis again within a second for those who wait for commands', () => {
    for (const attempt of [10, 1_000, 100_000]) {
      expect(optionsFor('redis://h').retryStrategy?.(attempt)).toBeLessThanOrEqual(1_000);
    }
  });

  it('connects again when the server says that it is no longer the primary', () => {
    for (const purpose of ['commands', 'jobs-producer', 'jobs-worker'] as const) {
      const reconnects = optionsFor('redis://h', purpose).reconnectOnError;
      expect(reconnects?.(new Error('READONLY You cannot write against a replica'))).toBeTruthy();
      expect(reconnects?.(new Error('NOAUTH Authentication required'))).toBe(false);
    }
  });

  it('checks the certificate of the host for TLS', () => {
    expect(optionsFor('rediss://me:pw@cache:6390/2')).toMatchObject({
      host: 'cache',
      port: 6390,
      db: 2,
      username: 'me',
      password: 'pw',
      tls: { servername: 'cache' },
    });
  });

  it('follows the primary of a Sentinel group', () => {
    expect(optionsFor('rediss+sentinel://:pw@a,b:1/shop?sentinelPassword=x')).toMatchObject({
      sentinels: [
        { host: 'a', port: 26_379 },
        { host: 'b', port: 1 },
      ],
      name: 'shop',
      password: 'pw',
      sentinelPassword: 'x',
      enableTLSForSentinelMode: true,
      sentinelCommandTimeout: 1_000,
    });
  });

  it('carries login and TLS along to a cluster, and finds it again within a second whatever for', () => {
    for (const purpose of REDIS_PURPOSES) {
      const options = optionsFor('rediss+cluster://me:pw@a,b:7001', purpose);
      expect(options).toMatchObject({ username: 'me', password: 'pw', db: 0, tls: {} });
      expect(options).not.toHaveProperty('host');
      expect(options.retryStrategy?.(1_000)).toBeLessThanOrEqual(1_000);
    }
  });

  it('asks a node about itself at once or not at all', () => {
    const { redis } = loadConfig({ REDIS_URL: 'rediss+cluster://me:pw@a' }, 'commerce');
    const options = nodeOptions(redis, 'name');
    expect(options).toMatchObject({ username: 'me', tls: {}, maxRetriesPerRequest: 0 });
    expect(options.retryStrategy?.(1)).toBeNull();
    expect(options.commandTimeout).toBeLessThanOrEqual(1_000);
  });
});
