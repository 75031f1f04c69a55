// Debian's (and Ubuntu's) Redis package, unpacked into a folder without root and without installing it.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { capture, findOnPath } from './run.mjs';

const families = [
  { server: 'redis-server', cli: 'redis-cli', packages: ['redis-server', 'redis-tools'] },
  { server: 'valkey-server', cli: 'valkey-cli', packages: ['valkey-server', 'valkey-tools'] },
];

/** True where apt-get and dpkg exist; no root is needed for what follows. */
export function canUnpackDebianPackages() {
  return findOnPath('apt-get') !== undefined && findOnPath('dpkg-deb') !== undefined;
}

/**
 * Downloads and unpacks a Redis into `folder`, with the shared libraries this machine lacks.
 * `folder/bin/redis-server` and `folder/bin/redis-cli` then run from any directory. The folder appears complete or not at all,
 * so a second process that does the same at the same time is harmless. Throws with apt's own words when it cannot.
 */
export async function unpackDebianRedis(folder, log = () => {}) {
  const parent = join(folder, '..');
  mkdirSync(parent, { recursive: true });
  const work = mkdtempSync(join(parent, 'redis-unpacking-'));
  try {
    const apt = await usableApt(work, log);
    const family = await downloadServer(apt, work);
    await addMissingLibraries(apt, work, family);
    const ready = join(work, 'ready');
    mkdirSync(join(ready, 'bin'), { recursive: true });
    renameSync(join(work, 'root'), join(ready, 'root'));
    writeLauncher(join(ready, 'bin', 'redis-server'), family.server);
    writeLauncher(join(ready, 'bin', 'redis-cli'), family.cli);
    const version = await capture(join(ready, 'bin', 'redis-server'), ['--version']);
    if (version.code !== 0) throw new Error(`the unpacked server does not run: ${version.output}`);
    moveIntoPlace(ready, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function moveIntoPlace(ready, folder) {
  try {
    renameSync(ready, folder);
  } catch (error) {
    // Another process was faster (its copy is as good), or a broken earlier copy is in the way.
    if (existsSync(join(folder, 'bin', 'redis-server'))) return;
    rmSync(folder, { recursive: true, force: true });
    try {
      renameSync(ready, folder);
    } catch {
      throw error;
    }
  }
}

/**
 * `apt-get` with lists that know the package. The machine's own lists are used when they do; a machine without them
 * (a slim container, or a user who may not write /var/lib/apt) gets private ones inside the work folder.
 */
async function usableApt(work, log) {
  const plain = [];
  if (await knowsServer(plain)) return plain;
  log('no package lists on this machine: downloading private ones (about 10 MB)');
  const state = join(work, 'apt');
  for (const name of ['lists/partial', 'cache/archives/partial', 'log']) {
    mkdirSync(join(state, name), { recursive: true });
  }
  const options = [
    ['-o', `Dir::State::Lists=${join(state, 'lists')}`],
    ['-o', `Dir::Cache=${join(state, 'cache')}`],
    ['-o', `Dir::Log=${join(state, 'log')}`],
    // The download user of apt cannot write into a folder of ours; the files are verified by signature all the same.
    ['-o', 'APT::Sandbox::User='],
    ['-o', 'Acquire::Languages=none'],
  ].flat();
  // A third-party source that fails makes the exit code non-zero while Debian's own lists are complete, so the result decides.
  const update = await capture('apt-get', [...options, 'update'], { timeoutMs: 180_000 });
  if (await knowsServer(options)) return options;
  throw new Error(`apt-get update found no Redis package:\n${lastLines(update.output)}`);
}

async function knowsServer(options) {
  for (const family of families) {
    const args = [...options, '--print-uris', 'download', family.packages[0]];
    const { code, output } = await capture('apt-get', args);
    if (code === 0 && output.includes('.deb')) return true;
  }
  return false;
}

async function downloadServer(options, work) {
  const problems = [];
  for (const family of families) {
    const problem = await download(options, work, family.packages);
    if (problem === undefined) return family;
    problems.push(problem);
  }
  throw new Error(problems.join('\n'));
}

/** Downloads and unpacks packages into `work/root`; answers what went wrong, or undefined. */
async function download(options, work, packages) {
  const debs = mkdtempSync(join(work, 'debs-'));
  const args = ['-o', 'APT::Sandbox::User=', ...options, 'download', ...packages];
  const { code, output } = await capture('apt-get', args, { cwd: debs, timeoutMs: 180_000 });
  if (code !== 0) return `apt-get download ${packages.join(' ')} failed:\n${lastLines(output)}`;
  for (const deb of readdirSync(debs).filter((name) => name.endsWith('.deb'))) {
    const unpacked = await capture('dpkg-deb', ['-x', join(debs, deb), join(work, 'root')]);
    if (unpacked.code !== 0) return `dpkg-deb -x ${deb} failed:\n${lastLines(unpacked.output)}`;
  }
  return undefined;
}

/** A package name follows from the dependencies, level by level, until the loader finds every library. */
async function addMissingLibraries(options, work, family) {
  const server = join(work, 'root', 'usr', 'bin', family.server);
  const seen = new Set(family.packages);
  let level = [...family.packages];
  for (let depth = 0; depth < 4; depth += 1) {
    const missing = await missingLibraries(server, work);
    if (missing.length === 0) return;
    level = (await dependenciesOf(options, level)).filter((name) => !seen.has(name));
    for (const name of level) seen.add(name);
    const libraries = await notInstalled(level);
    if (libraries.length > 0) {
      const problem = await download(options, work, libraries);
      if (problem !== undefined) throw new Error(problem);
    }
  }
  const missing = await missingLibraries(server, work);
  if (missing.length > 0) throw new Error(`no package found for ${missing.join(', ')}`);
}

async function missingLibraries(server, work) {
  const { output } = await capture('ldd', [server], {
    env: { ...process.env, LD_LIBRARY_PATH: libraryFolders(join(work, 'root')).join(':') },
  });
  return [...output.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]);
}

async function dependenciesOf(options, packages) {
  const { output } = await capture('apt-cache', [
    ...options,
    'depends',
    '--important',
    ...packages,
  ]);
  return [...output.matchAll(/Depends: ([a-z0-9][a-z0-9.+-]+)/g)]
    .map((match) => match[1])
    .filter((name) => /^(lib|lua)/.test(name) && !/^libc6|^libgcc/.test(name));
}

async function notInstalled(packages) {
  const checks = packages.map(async (name) => {
    const { output } = await capture('dpkg-query', ['-W', '-f=${db:Status-Status}', name]);
    return output.trim() === 'installed' ? [] : [name];
  });
  return (await Promise.all(checks)).flat();
}

/** Where Debian puts libraries: lib and usr/lib, each with a folder per architecture. */
function libraryFolders(root) {
  return ['lib', 'usr/lib'].flatMap((name) => {
    const folder = join(root, name);
    if (!existsSync(folder)) return [];
    const inside = readdirSync(folder, { withFileTypes: true });
    return [folder, ...inside.filter((e) => e.isDirectory()).map((e) => join(folder, e.name))];
  });
}

/** A launcher instead of an environment variable: one path is all that has to be handed on. `exec` keeps the process id. */
function writeLauncher(file, program) {
  const lines = [
    '#!/bin/sh',
    'root=$(cd "$(dirname "$0")/../root" && pwd)',
    'for folder in "$root"/lib "$root"/lib/*/ "$root"/usr/lib "$root"/usr/lib/*/; do',
    '  [ -d "$folder" ] && libraries="${libraries:+$libraries:}$folder"',
    'done',
    'LD_LIBRARY_PATH="${libraries:-}${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"',
    'export LD_LIBRARY_PATH',
    `exec "$root/usr/bin/${program}" "$@"`,
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  chmodSync(file, 0o755);
}

function lastLines(text) {
  return text.trim().split('\n').slice(-12).join('\n');
}
