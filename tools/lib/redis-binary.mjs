// One answer to "which redis-server does this checkout use?", for `npm start`, `npm test` and the test fixtures.
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { canUnpackDebianPackages, unpackDebianRedis } from './debian-redis.mjs';
import { capture, findOnPath, Instruction, isExecutable, stateFolder } from './run.mjs';

/** Set by `npm start` and `npm test` for their children, so that the search happens once. */
export const REDIS_SERVER_VARIABLE = 'LOCKSTEP_REDIS_SERVER';

/**
 * Finds a redis-server or valkey-server of version 6.2 or newer: LOCKSTEP_REDIS_SERVER, the PATH, a copy unpacked earlier, else
 * Debian's package unpacked without root, else brew. Answers `{ server, cli, version }` with full paths (`cli` may be undefined).
 * Throws an Instruction that says what to do when there is none.
 */
export async function findRedisBinary({ env = process.env, log = () => {} } = {}) {
  const problems = [];
  const unpacked = join(stateFolder, 'redis');
  const candidates = [
    env[REDIS_SERVER_VARIABLE],
    findOnPath('redis-server', env.PATH),
    findOnPath('valkey-server', env.PATH),
    join(unpacked, 'bin', 'redis-server'),
  ];
  for (const server of candidates) {
    const found = await usable(server, problems);
    if (found !== undefined) return found;
  }
  for (const provide of [provideFromDebian, provideFromBrew]) {
    const found = await usable(await provide(unpacked, problems, log), problems);
    if (found !== undefined) return found;
  }
  throw new Instruction(
    [
      'No Redis was found and none could be fetched.',
      ...problems.map((problem) => `  - ${problem}`),
      'Do one of these and run the command again:',
      '  - install Redis 6.2 or newer, or Valkey (Debian, Ubuntu: sudo apt install redis-server; macOS: brew install redis)',
      '  - or start one anywhere and set REDIS_URL, for instance REDIS_URL=redis://127.0.0.1:6379 (npm start only)',
    ].join('\n'),
  );
}

async function usable(server, problems) {
  if (server === undefined || !isExecutable(server)) return undefined;
  const { code, output } = await capture(server, ['--version']);
  const version = /v=(\d+)\.(\d+)[.\d]*/.exec(output);
  if (code !== 0 || version === null) {
    problems.push(`${server} does not run: ${output.trim().split('\n').at(-1)}`);
    return undefined;
  }
  const [major, minor] = [Number(version[1]), Number(version[2])];
  if (major < 6 || (major === 6 && minor < 2)) {
    problems.push(`${server} is version ${major}.${minor}; 6.2 or newer is needed`);
    return undefined;
  }
  return { server, cli: cliBeside(server), version: version[0].slice(2) };
}

function cliBeside(server) {
  const folders = [dirname(server), dirname(realpathSync(server))];
  const names = ['redis-cli', 'valkey-cli'];
  return folders
    .flatMap((f) => names.map((name) => join(f, name)))
    .find((file) => existsSync(file));
}

async function provideFromDebian(folder, problems, log) {
  if (process.platform !== 'linux' || !canUnpackDebianPackages()) {
    problems.push('this machine has no apt-get and dpkg-deb, so no package could be unpacked');
    return undefined;
  }
  log(
    'no Redis on this machine: unpacking the Redis package of the distribution under .lockstep/ (no root needed)',
  );
  try {
    await unpackDebianRedis(folder, log);
    return join(folder, 'bin', 'redis-server');
  } catch (error) {
    problems.push(`unpacking the distribution's package failed: ${error.message}`);
    return undefined;
  }
}

async function provideFromBrew(_folder, problems, log) {
  if (process.platform !== 'darwin' || findOnPath('brew') === undefined) return undefined;
  log('no Redis on this machine: brew install redis');
  const installed = await capture('brew', ['install', 'redis'], { timeoutMs: 600_000 });
  const prefix = await capture('brew', ['--prefix', 'redis']);
  if (installed.code === 0 && prefix.code === 0) {
    return join(prefix.output.trim(), 'bin', 'redis-server');
  }
  problems.push(
    `brew install redis failed: ${installed.output.trim().split('\n').slice(-5).join('\n')}`,
  );
  return undefined;
}
