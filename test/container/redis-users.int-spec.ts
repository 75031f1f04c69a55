import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadConfig } from '#libs/config';
import { systemClock } from '#libs/kernel';
import { createLogger } from '#libs/observability';
import { RedisConnections } from '#libs/redis';
import { eventually } from '#libs/testing';
import { startRedisServer, type RedisServer } from '../../tools/fleet/redis-server.js';
import { findRedisBinary } from '../../tools/lib/redis-binary.mjs';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');

describe('docker/redis/start.sh', () => {
  let folder: string;
  let server: RedisServer | undefined;
  let connections: RedisConnections[];

  beforeEach(async () => {
    connections = [];
    folder = mkdtempSync(join(tmpdir(), 'redis-users-'));
    await run('sh', ['docker/prepare-secrets.sh', folder], { cwd: root });
    // In the place of Redis: keeps the configuration that it would have read.
    writeFileSync(join(folder, 'redis-server'), `#!/bin/sh\nexec cat >"${folder}/whole.conf"\n`);
    chmodSync(join(folder, 'redis-server'), 0o755);
  });
  afterEach(async () => {
    await Promise.all(connections.map((each) => each.onApplicationShutdown()));
    await server?.stop();
    rmSync(folder, { recursive: true });
  });

  const secret = (name: string) => readFileSync(join(folder, name), 'utf8');
  const configure = () =>
    run('sh', ['docker/redis/start.sh'], {
      cwd: root,
      env: { PATH: `${folder}:${process.env['PATH']}`, SECRETS_DIRECTORY: folder },
    });

  function clientOf(url: string) {
    const opened = new RedisConnections({
      config: loadConfig({ REDIS_URL: url, REDIS_COMMAND_TIMEOUT_MS: '10000' }, 'commerce').redis,
      replicaId: 'r1',
      clock: systemClock,
      logger: createLogger({ level: 'silent' }),
    });
    connections.push(opened);
    return opened.open('commands');
  }

  it('lets in the users of the secrets, with their rights, and nobody else', async () => {
    await configure();
    const whole = secret('whole.conf');
    const passwords = ['commerce', 'authoring', 'operator'].map((user) =>
      secret(`redis_${user}_password`),
    );
    expect(passwords.filter((password) => whole.includes(password))).toEqual([]);
    // The rest belongs to the container: a folder for data, a port.
    writeFileSync(join(folder, 'users.conf'), whole.replace(/^include .*\n/, ''));
    server = await startRedisServer({
      binary: (await findRedisBinary()).server,
      configFile: join(folder, 'users.conf'),
      password: `operator ${passwords[2]}`,
      args: ['--save', ''],
    });
    const { port } = server;
    const here = (name: string) => secret(name).replace('@redis:6379', `@127.0.0.1:${port}`);
    const commerce = clientOf(here('redis_commerce_url'));
    const authoring = clientOf(here('redis_authoring_url'));
    await eventually('both are connected', () =>
      [commerce, authoring].every(({ status }) => status === 'ready'),
    );
    const room = 'lockstep:push#/#permission:jobs:job:read#';
    expect(await authoring.publish(room, '')).toBe(0);
    await expect(commerce.publish(room, '')).rejects.toThrow('NOPERM');
    for (const login of ['', `:${passwords[0]}@`, 'commerce:wrong@', `commerce:${passwords[1]}@`]) {
      const stranger = clientOf(`redis://${login}127.0.0.1:${port}`);
      const errors: string[] = [];
      stranger.on('error', ({ message }: Error) => errors.push(message));
      await eventually('it is turned away', () => errors.length > 0);
      expect(errors[0]).toMatch(/NOAUTH|WRONGPASS/);
    }
  });

  it.each(['', undefined])('does not start with the password %j', async (content) => {
    const path = join(folder, 'redis_authoring_password');
    rmSync(path);
    if (content !== undefined) writeFileSync(path, content);
    await expect(configure()).rejects.toThrow('redis_authoring_password');
    expect(() => secret('whole.conf')).toThrow('ENOENT');
  });
});
