import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';

// The shell becomes the program (same process id); a watcher of a few hundred kilobytes stays beside it and reads a pipe that only
// this process holds. End of file without the word means that this process is gone, however it went: SIGKILL and crashes included.
// The program's own reaction to that is not enough: one that hangs, or that dies of writing to a closed pipe, would stay for ever.
const GUARD = `pid=$$
seconds=$1
shift
(
  read -r word <&3 && exit
  kill -TERM "$pid"
  while [ "$seconds" -gt 0 ] && kill -0 "$pid"; do sleep 1; seconds=$((seconds - 1)); done
  kill -KILL "$pid"
) >/dev/null 2>&1 4<&- &
exec 3<&-
exec "$@"`;

export interface GuardedOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Opens a channel for messages (Node programs only). */
  readonly hasChannel?: boolean;
  /** From SIGTERM to SIGKILL after the death of this process. Default 12: a replica gives itself 10. */
  readonly graceSeconds?: number;
  /** Every line of both output streams. They are read in any case, so that a full pipe never stops the program. */
  readonly onLine?: (line: string) => void;
}

export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface GuardedProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  /** Settles when the process is gone and all it printed was read, whoever ended it. */
  readonly exited: Promise<ProcessEnd>;
  /** SIGTERM, and SIGKILL when it is not gone within the limit. Harmless when it is gone already. */
  stop(withinMs: number): Promise<ProcessEnd>;
}

/**
 * Starts a program that can't outlive this process and that a Ctrl-C in the terminal doesn't reach (it has a session of its own), so
 * that the caller decides the order in which things end.
 */
export function spawnGuarded(
  program: string,
  args: readonly string[],
  options: GuardedOptions = {},
): GuardedProcess {
  const { env, cwd, hasChannel = false, graceSeconds = 12, onLine } = options;
  const child = spawn('/bin/sh', ['-c', GUARD, 'sh', String(graceSeconds), program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', ...(hasChannel ? (['ipc'] as const) : [])],
    detached: true,
    env,
    cwd,
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) createInterface({ input: stream }).on('line', (line) => onLine?.(line));
  }
  const leash = child.stdio[3] as Writable;
  // The watcher may be gone before the word arrives; nothing is left to tell then.
  leash.on('error', () => undefined);
  child.once('exit', () => leash.end('ended\n'));
  const exited = new Promise<ProcessEnd>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: 127, signal: null }));
  });
  return { child, pid: child.pid ?? 0, exited, stop: (ms) => stop(child, exited, ms) };
}

async function stop(
  child: ChildProcess,
  exited: Promise<ProcessEnd>,
  withinMs: number,
): Promise<ProcessEnd> {
  // A frozen process can't act on SIGTERM.
  child.kill('SIGCONT');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), withinMs);
  const end = await exited;
  clearTimeout(timer);
  return end;
}

/** "code 1" or "SIGKILL". */
export function describeEnd({ code, signal }: ProcessEnd): string {
  return signal ?? `code ${code ?? '?'}`;
}
