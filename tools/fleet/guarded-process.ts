import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';

// The shell becomes the program (same process id); a watcher of a few hundred kilobytes stays beside it and reads a pipe that only
// this process holds. End of file without the word means that this process is gone, however it went: SIGKILL and crashes included.
const GUARD = [
  'pid=$$',
  '( read -r word <&3 || { kill -TERM "$pid"; sleep 3; kill -KILL "$pid"; } ) >/dev/null 2>&1 &',
  'exec 3<&-',
  'exec "$@"',
].join('\n');

export interface GuardedProcess {
  readonly child: ChildProcess;
  readonly pid: number;
}

/**
 * Starts a program that can't outlive this process and that a Ctrl-C in the terminal doesn't reach (it has a session of its own), so
 * that the caller decides the order in which things end. Its output is appended to `logFile` when given, else discarded.
 */
export function spawnGuarded(
  program: string,
  args: readonly string[],
  options: { readonly logFile?: string | undefined } = {},
): GuardedProcess {
  const output = options.logFile === undefined ? 'ignore' : 'pipe';
  const child = spawn('/bin/sh', ['-c', GUARD, 'sh', program, ...args], {
    stdio: ['ignore', output, output, 'pipe'],
    detached: true,
  });
  if (options.logFile !== undefined) {
    const log = createWriteStream(options.logFile, { flags: 'a' });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    child.once('close', () => log.end());
  }
  const leash = child.stdio[3] as Writable;
  // The watcher may be gone before the word arrives; nothing is left to tell then.
  leash.on('error', () => undefined);
  child.once('exit', () => leash.end('ended\n'));
  if (child.pid === undefined) throw new Error(`could not start ${program}`);
  return { child, pid: child.pid };
}
