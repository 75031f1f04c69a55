import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redisFindings } from '../../libs/fleet/src/doctor/store-checks.js';
import { redisCli } from '../../libs/testing/src/redis-cli.js';
import { findRedisBinary } from '../lib/redis-binary.mjs';
import { FleetPorts } from './fleet-ports.js';
import { SupervisedRedis } from './supervised-redis.js';
import { Terminal } from './terminal.js';

let stateFolder: string;
let redis: SupervisedRedis | undefined;

beforeEach(async () => {
  stateFolder = await mkdtemp(join(tmpdir(), 'lockstep-redis-'));
});

afterEach(async () => {
  await redis?.stop();
  await rm(stateFolder, { recursive: true, force: true });
});

it('is as the doctor wants it: bounded, and nothing is evicted', async () => {
  const binary = await findRedisBinary();
  redis = new SupervisedRedis({
    binary: binary.server,
    stateFolder,
    ports: new FleetPorts(join(stateFolder, 'ports.json')),
    terminal: new Terminal(join(stateFolder, 'logs'), false),
  });
  const { port, password } = new URL(await redis.start());
  const cli = redisCli(binary, Number(port));
  const info = await cli('--no-auth-warning', '-a', password, 'INFO');
  const findings = redisFindings(info);
  expect(findings.length).toBeGreaterThan(2);
  expect(findings.filter(({ status }) => status !== 'ok')).toEqual([]);
});
