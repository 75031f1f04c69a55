// Child processes and files for the preparation steps. Plain JavaScript: it runs before anything is installed.
import { spawn } from 'node:child_process';
import { accessSync, chmodSync, constants, mkdirSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project, whatever the current directory is. */
export const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The folder where everything is kept that belongs to this checkout only; it is never committed. */
export const stateFolder = join(projectRoot, '.lockstep');
/** What Node has compiled of packages and of the build, by content. */
export const compileCache = join(stateFolder, 'compile-cache');

/** Makes that folder, for nobody but its owner: passwords of the local fleet and the socket that controls it are in it. */
export function makeStateFolder(folder = stateFolder) {
  mkdirSync(folder, { recursive: true });
  // One that an older version has made, too.
  chmodSync(folder, 0o700);
}

/** An error that a person can act on: the message is printed as it is, without a stack. */
export class Instruction extends Error {}

/** The full path of a program on the PATH, or undefined. */
export function findOnPath(program, path = process.env.PATH ?? '') {
  for (const folder of path.split(delimiter)) {
    if (folder !== '' && isExecutable(join(folder, program))) return join(folder, program);
  }
  return undefined;
}

export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    // Absent and forbidden are the same answer: it cannot be run.
    return false;
  }
}

/**
 * Runs a program to its end and collects what it printed.
 * Never rejects for an exit code; `code` is null when a signal or the time limit ended it, 127 when it does not exist.
 */
export function capture(program, args, options = {}) {
  const { timeoutMs = 60_000, ...spawnOptions } = options;
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...spawnOptions });
    let output = '';
    const collect = (chunk) => (output += chunk);
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve({ code: 127, output: `${output}${error.message}` });
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code, output });
    });
  });
}
