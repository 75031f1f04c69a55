import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  describeEnd,
  spawnGuarded,
  type GuardedProcess,
  type ProcessEnd,
} from './guarded-process.js';

export type Role = 'commerce' | 'authoring';

export interface ReplicaProcessOptions {
  /** The folder of the project; `dist/` is below it. */
  readonly root: string;
  readonly role: Role;
  /** Runs the compiled modules one by one, which are newer than their bundle while sources are watched. */
  readonly isUnbundled?: boolean;
  /** The whole environment of the process. */
  readonly env: NodeJS.ProcessEnv;
  /** Every line the process prints, standard error included. */
  readonly onLine?: (line: string) => void;
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
 * Left alone, V8 lets garbage pile up in proportion to the memory of the machine. This is several times
 * what a replica needs, caches at their default sizes included.
 */
const MEMORY_LIMIT = '--max-old-space-size=1024';

/** Starts one built replica as a process of its own, guarded as `spawnGuarded` says. */
export function startReplicaProcess(options: ReplicaProcessOptions): ReplicaProcess {
  const { env } = options;
  const last: string[] = [];
  const args = [MEMORY_LIMIT, programOf(options)];
  const guarded = spawnGuarded(process.execPath, args, {
    cwd: options.root,
    env,
    hasChannel: true,
    onLine: (line) => {
      last.push(line);
      if (last.length > KEPT_LINES) last.shift();
      options.onLine?.(line);
    },
  });
  const listening = listeningOf(guarded, () => last);
  // The caller may be interested in the end only.
  listening.catch(() => undefined);
  return {
    pid: guarded.pid,
    listening,
    exited: guarded.exited,
    stop: (withinMs = 12_000) => guarded.stop(withinMs),
    kill: (signal) => void guarded.child.kill(signal),
    lastLines: () => last,
  };
}

/** Releases before 0.1.0 have no bundles. */
function programOf({ root, role, isUnbundled = false }: ReplicaProcessOptions): string {
  const bundle = join(root, 'dist', 'replicas', `${role}.js`);
  if (!isUnbundled && existsSync(bundle)) return bundle;
  return join(root, 'dist', 'apps', role, 'src', 'main.js');
}

function listeningOf(
  { child, exited }: GuardedProcess,
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
