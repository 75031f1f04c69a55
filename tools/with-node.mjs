// `node tools/with-node.mjs <program> [arguments]`: runs a program of the packages, `node`, or a file (*.mjs, *.js) on a Node that can run
// Lockstep; every script of package.json goes through it. Understood by Node 18, see lib/node-runtime.mjs.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { environmentFor, findNode } from './lib/node-runtime.mjs';
import { compileCache, Instruction, projectRoot } from './lib/run.mjs';

const PARENT_LOOK_MS = 1_000;
const [program, ...args] = process.argv.slice(2);

try {
  if (program === undefined)
    throw new Instruction('usage: node tools/with-node.mjs <program> [arguments]');
  await run(await findNode());
} catch (error) {
  process.stderr.write(`\n${error instanceof Instruction ? error.message : error.stack}\n`);
  process.exitCode = 1;
}

async function run(node) {
  // Replicas and tools start again and again: what Node has compiled of them is kept, by content.
  process.env.NODE_COMPILE_CACHE ??= compileCache;
  const isFile = /\.m?js$/.test(program);
  if (isFile && node === process.execPath) {
    // No second process where none is needed.
    const file = resolve(program);
    process.argv = [process.argv[0], file, ...args];
    await import(pathToFileURL(file).href);
    return;
  }
  const env = {
    ...environmentFor(node),
    LOCKSTEP_HOST_NODE: process.execPath,
    // tools/fleet/session-end.ts looks past this process for npm.
    LOCKSTEP_LAUNCHER: String(process.pid),
  };
  const [command, ...first] = isFile
    ? [node, program]
    : program === 'node'
      ? [node]
      : [binOf(program)];
  const child = spawn(command, [...first, ...args], {
    stdio: 'inherit',
    env,
    shell: process.platform === 'win32' && !isFile && program !== 'node',
  });
  // A signal for this process is meant for the program; what a terminal sends reaches both, and both count it once.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, PARENT_LOOK_MS);
  look.unref();
  child.once('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 127;
  });
  child.once('exit', (code, signal) => {
    if (signal === null) process.exitCode = code;
    else {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    }
  });
}

function binOf(name) {
  const path = join(projectRoot, 'node_modules', '.bin', name);
  if (existsSync(path)) return path;
  throw new Instruction(
    `${name} is not installed: run npm ci, or npm test, which does it by itself`,
  );
}
