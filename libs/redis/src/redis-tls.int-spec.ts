import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { loadConfig } from '#libs/config';
import { systemClock } from '#libs/kernel';
import { createLogger } from '#libs/observability';
import {
  CertificateAuthority,
  opensslProblem,
  eventually,
  startRedis,
  type RedisFixture,
} from '#libs/testing';
import { anyFreePort } from '../../../tools/fleet/free-port.js';
import { RedisConnections } from './redis-connections.js';
import { requireKeyPair } from './require-key-pair.js';

const problem = opensslProblem();
const describeIfThere = problem === undefined ? describe : describe.skip;
const note = problem === undefined ? '' : ` (skipped: ${problem})`;

describeIfThere(`a Redis that asks for the certificate of its clients${note}`, () => {
  let folder: string;
  let redis: RedisFixture;
  let tlsPort: number;
  let opened: RedisConnections[] = [];
  const pem = (name: string) => readFile(join(folder, name), 'utf8');

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lockstep-redis-tls-'));
    const [ours, strange] = [
      await CertificateAuthority.make(folder, 'ours'),
      await CertificateAuthority.make(folder, 'strange'),
    ];
    await Promise.all([ours.certify('server'), ours.certify('replica')]);
    await strange.certify('stranger');
    tlsPort = await anyFreePort();
    redis = await startRedis({ args: tlsArguments(tlsPort) });
  });
  afterEach(async () => {
    await Promise.all(opened.map((connections) => connections.onApplicationShutdown()));
    opened = [];
  });
  afterAll(async () => {
    await redis.stop();
    await rm(folder, { recursive: true });
  });

  const tlsArguments = (port: number): readonly string[] => [
    ...['--tls-port', String(port), '--tls-auth-clients', 'yes'],
    ...['--tls-ca-cert-file', join(folder, 'ours.crt')],
    ...['--tls-cert-file', join(folder, 'server.crt')],
    ...['--tls-key-file', join(folder, 'server.key')],
  ];

  const connect = async (
    files: { ca: string; client?: string },
    url = `rediss://localhost:${tlsPort}`,
  ): Promise<RedisConnections> => {
    const { redis: config } = loadConfig(
      {
        REDIS_URL: url,
        REDIS_COMMAND_TIMEOUT_MS: '10000',
        REDIS_TLS_CA: await pem(`${files.ca}.crt`),
        ...(files.client === undefined
          ? {}
          : {
              REDIS_TLS_CERT: await pem(`${files.client}.crt`),
              REDIS_TLS_KEY: await pem(`${files.client}.key`),
            }),
      },
      'commerce',
    );
    requireKeyPair(config.tls);
    const connections = new RedisConnections({
      config,
      replicaId: 'r1',
      clock: systemClock,
      logger: createLogger({ level: 'silent' }, { write: () => undefined }),
    });
    opened = [connections];
    return connections;
  };

  it('answers and tells a replica that shows one of the same authority', async () => {
    const connections = await connect({ ca: 'ours', client: 'replica' });
    const [commands, subscriber] = [
      connections.open('commands'),
      connections.open('backplane-subscriber'),
    ];
    const heard: string[] = [];
    subscriber.on('message', (_channel: string, message: string) => heard.push(message));
    await eventually('both are connected', () =>
      [...connections.states().values()].every(({ status }) => status === 'connected'),
    );
    await subscriber.subscribe('news');
    await commands.publish('news', 'told');
    expect(await commands.set('x', '1')).toBe('OK');
    await eventually('the message has come', () => heard.includes('told'));
  });

  it.each([
    ['no certificate', { ca: 'ours' }, /certificate required|closed|reset/i],
    ['one of another authority', { ca: 'ours', client: 'stranger' }, /unknown ca|closed|reset/i],
    ['its own, and trusts another authority', { ca: 'strange', client: 'replica' }, /certificate/i],
  ])('is not reached by a replica that shows %s, which says why', async (_what, files, reason) => {
    const connections = await connect(files);
    const client = connections.open('commands');
    await eventually('the connection is lost', () => {
      const state = connections.states().get('commands');
      return state?.status === 'lost' && reason.test(state.reason);
    });
    await expect(client.get('x')).rejects.toThrow();
  });

  it('answers so as a node of a cluster, which it is asked about in the same way', async () => {
    const [port, busPort] = [await anyFreePort(), await anyFreePort()];
    const node = await startRedis({
      args: [
        ...tlsArguments(port),
        // Without that Redis 7 tells clients the other port.
        ...['--tls-cluster', 'yes'],
        ...['--cluster-enabled', 'yes', '--cluster-port', String(busPort), '--dir', folder],
      ],
    });
    try {
      await node.cli('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
      const url = `rediss+cluster://localhost:${port}`;
      const connections = await connect({ ca: 'ours', client: 'replica' }, url);
      const client = connections.open('commands');
      await eventually('it is connected', () => client.status === 'ready');
      expect(await client.set('x', '1')).toBe('OK');
      const report = await connections.cluster?.examine();
      expect(report?.nodes).toMatchObject([
        { address: `localhost:${port}`, node: { slots: 16_384 } },
      ]);
      const refused = await connect({ ca: 'ours' }, url);
      refused.open('commands');
      await eventually('the one without a certificate says why', () => {
        const state = refused.states().get('commands');
        return state?.status === 'lost' && /certificate required|closed|reset/i.test(state.reason);
      });
      await connections.onApplicationShutdown();
    } finally {
      await node.stop();
    }
  });

  it('refuses at the start a key that is not the one of the certificate', async () => {
    const [cert, key] = [await pem('replica.crt'), await pem('stranger.key')];
    expect(() => requireKeyPair({ ca: undefined, cert, key })).toThrow(
      'REDIS_TLS_KEY: is not the key of REDIS_TLS_CERT',
    );
  });
});
