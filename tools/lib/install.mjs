// Dependencies: installed when the lock file says so, and only then.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastLines, say } from './long-step.mjs';
import { thisMachine } from './this-machine.mjs';
import { runNpm } from './npm.mjs';
import { Instruction, projectRoot } from './run.mjs';

/**
 * Makes node_modules what package-lock.json says, with `npm ci`. Nothing is done when a stamp (hash of the lock file, and the kind of
 * machine; native modules fit every Node that is supported) says that it is so already. Throws an Instruction with the end of npm's log.
 */
export async function ensureInstalled({ root = projectRoot, machine = thisMachine() } = {}) {
  const stampFile = join(root, 'node_modules', '.lockstep-install');
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const wanted = `${markOf(machine)}${createHash('sha256').update(lock).digest('hex')}\n`;
  const stamp = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : undefined;
  if (stamp === wanted) return;
  const isForThis = stamp === undefined || stamp.startsWith(markOf(machine));
  if (!isForThis || !installedByHand(root, JSON.parse(lock).packages, machine)) {
    await install(root);
  }
  writeFileSync(stampFile, wanted);
}

function markOf({ platform, arch, libc }) {
  return `${[platform, arch, libc].filter(Boolean).join(' ')} `;
}

/**
 * True when `npm ci` or `npm install` was run without us: npm's own record then has all of the lock file that this machine needs. A
 * node_modules that came from another machine has the optional packages of that one.
 */
function installedByHand(root, locked, machine) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  return Object.entries(locked).every(
    ([path, entry]) =>
      path === '' || installed[path]?.version === entry.version || isLeftOut(entry, machine),
  );
}

/** npm leaves optional packages out that say they are for other machines, with what only those need. */
function isLeftOut(entry, { platform, arch, libc }) {
  if (entry.optional !== true) return false;
  const isNamed = entry.os !== undefined && entry.cpu !== undefined;
  const fits = (list, value) => list === undefined || value === undefined || list.includes(value);
  const isForThis = fits(entry.os, platform) && fits(entry.cpu, arch) && fits(entry.libc, libc);
  return !(isNamed && isForThis);
}

async function install(root) {
  say('installing dependencies (less than a minute, most often)');
  // Development dependencies are needed to build, whatever NODE_ENV says.
  const flags = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=warn'];
  const result = await runNpm('install', ['ci', ...flags], { cwd: root });
  if (result.code !== 0) throw explain(result, root);
  say(`dependencies installed in ${result.seconds} s`);
}

function explain({ code, output, logFile }, root) {
  return new Instruction(
    [
      lastLines(output, 30),
      '',
      `Installing the dependencies failed (npm ended with ${code}). The whole log: ${logFile}`,
      ...installHints(output, root),
      'Run the command again after that; it continues with what is missing.',
    ].join('\n'),
  );
}

/** What a person can do about an install that failed in the folder `root`, from what npm said. */
export function installHints(output, root) {
  const isCompiling = /node-gyp|gyp ERR/.test(output);
  if (isCompiling && /\s/.test(root)) {
    return [
      `A native module had to be compiled, and that works in no folder whose path has a space: move ${root}.`,
    ];
  }
  const hints = [
    [
      /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET/,
      'The package registry could not be reached: check the network and the proxy settings of npm.',
    ],
    [
      /node-gyp|gyp ERR/,
      'A native module had to be compiled: it needs python3, make and a C++ compiler (Debian, Ubuntu: sudo apt install python3 make g++; macOS: xcode-select --install).',
    ],
    [
      /code EUSAGE/,
      'package-lock.json does not fit package.json: run npm install, and commit what it writes.',
    ],
    [
      /EACCES|EPERM/,
      'npm may not write here: the folder, or the npm cache in your home, belongs to another user.',
    ],
    [/ENOSPC/, 'The disk is full: about 1 GB is needed.'],
  ];
  return hints.filter(([pattern]) => pattern.test(output)).map(([, hint]) => hint);
}
