// A child with everything it starts, so that a Ctrl-C or a time limit ends all of it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const running = new Set();
let isEnding = false;
const FORCE_AFTER_MS = 5_000;

/**
 * Runs a program to its end in a process group of its own. `onLine` gets every line of both streams. The group is ended after `limitMs`;
 * with `isLimitOfSilence` once it has printed nothing for so long, however long it goes on. Answers `{ code, isTimedOut }`; it never
 * rejects for an exit code. Once `endGroups` was called nothing starts any more, and the answer never comes: what waited for a group
 * that was ended would go on with the next one and leave it behind.
 */
export function runGroup(
  program,
  args,
  { cwd, env, shell = false, limitMs, isLimitOfSilence = false, onLine },
) {
  return new Promise((resolve) => {
    if (isEnding) return;
    const child = spawn(program, args, {
      cwd,
      env,
      shell,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    let isTimedOut = false;
    const limit = setTimeout(() => {
      isTimedOut = true;
      endGroup(child);
    }, limitMs);
    const hear = (line) => {
      if (isLimitOfSilence) limit.refresh();
      onLine(line);
    };
    for (const stream of [child.stdout, child.stderr]) splitLines(stream, hear);
    const finish = (code) => {
      clearTimeout(limit);
      running.delete(child);
      resolve({ code, isTimedOut });
    };
    child.once('error', (error) => {
      onLine(error.message);
      finish(127);
    });
    child.once('close', finish);
  });
}

/** Ends every group that runs now: SIGTERM, then SIGKILL. Resolves when they are gone; for a process that ends then. */
export async function endGroups() {
  isEnding = true;
  await Promise.all(
    [...running].map(async (child) => {
      endGroup(child);
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }),
  );
}

function endGroup(child) {
  signalGroup(child, 'SIGTERM');
  setTimeout(() => signalGroup(child, 'SIGKILL'), FORCE_AFTER_MS).unref();
}

function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}

function splitLines(stream, onLine) {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const line of lines) onLine(line);
  });
  stream.on('end', () => {
    if (rest !== '') onLine(rest);
  });
}
