import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export type Role = 'commerce' | 'authoring';

export interface ReplicaProcessOptions {
  /** The folder of the project; `dist/` is below it. */
  readonly root: string;
  readonly role: Role;
  /** The whole environment of the process. */
  readonly env: NodeJS.ProcessEnv;
  /** Every line the process prints, standard error included. */
  readonly onLine?: (line: string) => void;
}

export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ReplicaProcess {
  readonly pid: number;
  /** Where it listens and the name it gave itself. Rejects with its last lines when it ends before. */
  readonly listening: Promise<{ readonly url: string; readonly replica: string }>;
  /** Settles when the process is gone, whoever ended it. */
  readonly exited: Promise<ProcessEnd>;
  /** SIGTERM, and SIGKILL when it is not gone within the limit (default 12 s: a replica gives itself 10). */
  stop(withinMs?: number): Promise<ProcessEnd>;
  kill(signal: NodeJS.Signals): void;
  /** The last lines it printed, for a report. */
  lastLines(): readonly string[];
}

const KEPT_LINES = 40;

/**
 * Starts one built replica as a process of its own. It does not outlive this process, and a Ctrl-C in the terminal reaches only this
 * process, which decides the order of the end.
 */
export function startReplicaProcess(options: ReplicaProcessOptions): ReplicaProcess {
  const dist = join(options.root, 'dist');
  const preload = join(dist, 'tools', 'fleet', 'exit-with-parent.js');
  const main = join(dist, 'apps', options.role, 'src', 'main.js');
  const child = spawn(process.execPath, ['--enable-source-maps', '--import', preload, main], {
    cwd: options.root,
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  const last: string[] = [];
  const onLine = (line: string): void => {
    last.push(line);
    if (last.length > KEPT_LINES) last.shift();
    options.onLine?.(line);
  };
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) createInterface({ input: stream }).on('line', onLine);
  }
  const exited = new Promise<ProcessEnd>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: 1, signal: null }));
  });
  const listening = listeningOf(child, exited, () => last);
  // The caller may be interested in the end only.
  listening.catch(() => undefined);
  return {
    pid: child.pid ?? 0,
    listening,
    exited,
    stop: (withinMs = 12_000) => stop(child, exited, withinMs),
    kill: (signal) => void child.kill(signal),
    lastLines: () => last,
  };
}

function listeningOf(
  child: ChildProcess,
  exited: Promise<ProcessEnd>,
  last: () => readonly string[],
): Promise<{ url: string; replica: string }> {
  return new Promise((resolve, reject) => {
    child.on('message', (message: unknown) => {
      if (isListening(message)) resolve({ url: message.url, replica: message.replica });
    });
    void exited.then((end) =>
      reject(new Error(`it ended (${describeEnd(end)}) before it listened:\n${last().join('\n')}`)),
    );
  });
}

function isListening(message: unknown): message is { type: string; url: string; replica: string } {
  if (typeof message !== 'object' || message === null) return false;
  const { type, url, replica } = message as Record<string, unknown>;
  return type === 'listening' && typeof url === 'string' && typeof replica === 'string';
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
