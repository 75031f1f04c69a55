// Dependencies: installed when the lock file says so, and only then.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastLines, runLongStep, say } from './long-step.mjs';
import { Instruction, projectRoot } from './run.mjs';

const lockFile = join(projectRoot, 'package-lock.json');
const modules = join(projectRoot, 'node_modules');
const stampFile = join(modules, '.lockstep-install');

/**
 * Makes node_modules what package-lock.json says, with `npm ci`. Nothing is done when a stamp (hash of the lock file, and the kind of
 * machine; native modules fit every Node that is supported) says that it is so already. Throws an Instruction with the end of npm's log.
 */
export async function ensureInstalled() {
  const wanted = wantedStamp();
  const stamp = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : undefined;
  if (stamp === wanted) return;
  const isForThisMachine = stamp === undefined || stamp.startsWith(machineMark());
  if (isForThisMachine && installedByHand()) {
    writeFileSync(stampFile, wanted);
    return;
  }
  say('installing dependencies (half a minute the first time)');
  const result = await install();
  if (result.code !== 0) throw explain(result);
  writeFileSync(stampFile, wanted);
  say(`dependencies installed in ${result.seconds} s`);
}

function wantedStamp() {
  const lock = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  return `${machineMark()}${lock}\n`;
}

function machineMark() {
  return `${process.platform} ${process.arch} `;
}

/** True when `npm ci` or `npm install` was run without us: npm's own record then has all of the lock file. */
function installedByHand() {
  const record = join(modules, '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  const locked = Object.entries(JSON.parse(readFileSync(lockFile, 'utf8')).packages);
  return locked.every(
    ([path, entry]) =>
      path === '' || entry.optional === true || installed[path]?.version === entry.version,
  );
}

function install() {
  // Development dependencies are needed to build, whatever NODE_ENV says.
  const flags = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=warn'];
  return npm(['ci', ...flags]);
}

function npm(args) {
  const own = process.env.npm_execpath ?? '';
  return own.endsWith('npm-cli.js')
    ? runLongStep('install', process.execPath, [own, ...args])
    : runLongStep('install', 'npm', args);
}

function explain({ code, output, logFile }) {
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
      /EACCES|EPERM/,
      'npm may not write here: the folder, or the npm cache in your home, belongs to another user.',
    ],
    [/ENOSPC/, 'The disk is full: about 1 GB is needed.'],
  ];
  const fitting = hints.filter(([pattern]) => pattern.test(output)).map(([, hint]) => hint);
  return new Instruction(
    [
      lastLines(output, 30),
      '',
      `Installing the dependencies failed (npm ended with ${code}). The whole log: ${logFile}`,
      ...fitting,
      'Run the command again after that; it continues with what is missing.',
    ].join('\n'),
  );
}
