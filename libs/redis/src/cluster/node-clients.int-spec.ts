import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { loadConfig } from '#libs/config';
import { eventually, startRedis, type RedisFixture } from '#libs/testing';
import { nodeOptions } from '../connection-options.js';
import { NodeClients } from './node-clients.js';

let redis: RedisFixture;

beforeAll(async () => {
  redis = await startRedis();
});

afterAll(() => redis?.stop());

it('connects to no node any more once it is closed, whoever still asks', async () => {
  const config = loadConfig({ REDIS_URL: redis.url }, 'commerce').redis;
  const clients = new NodeClients(nodeOptions(config, 'test:cluster'));
  const { hostname: host, port } = new URL(redis.url);
  const ask = () => clients.ask({ host, port: Number(port) }, (client) => client.ping());
  const isConnected = async () => (await redis.cli('CLIENT', 'LIST')).includes('name=test:cluster');
  expect(await eventually('it answers', ask)).toBe('PONG');
  expect(await isConnected()).toBe(true);
  // A question that fails because of it is asked of the other nodes.
  clients.close();
  await expect(ask()).rejects.toThrow('closed');
  await eventually('the node is left', async () => !(await isConnected()));
});
