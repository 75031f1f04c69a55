import { existsSync, readFileSync } from 'node:fs';
import { bundledRecordFile, compilerRecord } from '../../../tools/lib/compiler-record.mjs';
import { projectRoot } from '../../../tools/lib/run.mjs';
import type { ProcessEnd } from '../../../tools/fleet/guarded-process.js';
import { startReplicaProcess, type Role } from '../../../tools/fleet/replica-process.js';
import { runBuiltTool } from '../../../tools/fleet/one-shot.js';
import { withDeadline } from '#libs/kernel';

export type { ProcessEnd, Role };

/** Variables of the caller that a process needs to run at all; nothing that could configure it. */
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'TZ', 'LANG', 'NODE_COMPILE_CACHE'] as const;
/** A test asks from one address for a whole shop. */
const UNLIMITED = { LIMIT_EXEMPT: '127.0.0.0/8,::1' };
/** Only ends what hangs. */
const LISTENS_WITHIN_MS = 150_000;

export interface StartReplicaOptions {
  readonly role: Role;
  /** Its configuration: DATABASE_URL, REDIS_URL, CHANNEL_PREFIX and what the test is about. PORT is 0 unless given. */
  readonly env: NodeJS.ProcessEnv;
  /** The folder of another release, built. Default: this project. */
  readonly root?: string;
}

export interface RunningReplica {
  readonly role: Role;
  readonly url: string;
  readonly pid: number;
  /** The name it gives itself (`Lockstep-Replica`). */
  readonly replica: string;
  /** Every line it has printed. */
  readonly logs: readonly string[];
  readonly exited: Promise<ProcessEnd>;
  /** SIGTERM, then SIGKILL after 12 s; resolves when it is gone. Harmless when it is gone already. */
  stop(): Promise<ProcessEnd>;
  /** Resolves when the process is gone. Default SIGKILL. */
  kill(signal?: NodeJS.Signals): Promise<ProcessEnd>;
  /** SIGSTOP: it keeps its connections and does nothing. */
  freeze(): void;
  thaw(): void;
}

/**
 * Starts one replica from `dist/` as a process of its own and resolves when it listens. It ends with the test process, however that
 * ends. Rejects with its last lines when it doesn't come up.
 */
export async function startReplica({
  role,
  env,
  root = projectRoot,
}: StartReplicaOptions): Promise<RunningReplica> {
  requireBuild(root);
  const logs: string[] = [];
  const child = startReplicaProcess({
    root,
    role,
    env: { ...basicEnvironment(), PORT: '0', ...UNLIMITED, ...env },
    onLine: (line) => logs.push(line),
  });
  let address: { readonly url: string; readonly replica: string };
  try {
    address = await withDeadline(
      child.listening,
      LISTENS_WITHIN_MS,
      `a ${role} replica: listening`,
    );
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  return {
    role,
    ...address,
    pid: child.pid,
    logs,
    exited: child.exited,
    stop: () => child.stop(),
    kill: (signal = 'SIGKILL') => {
      child.kill(signal);
      return child.exited;
    },
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
  };
}

/** Runs `dist/tools/<name>.js` to its end, as `npm start` does; rejects with the end of its output when it fails. */
export async function runTool(
  name: 'migrate' | 'seed',
  env: NodeJS.ProcessEnv,
  root = projectRoot,
): Promise<void> {
  requireBuild(root);
  await runBuiltTool({ root, name, env: { ...basicEnvironment(), ...env } });
}

/** What a process of a test is given of the caller's environment. */
export function basicEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(PASSED_ON.map((name) => [name, process.env[name]]));
}

/** Replicas run bundles: what was compiled after them would not be what a test runs. */
function requireBuild(root: string): void {
  if (root !== projectRoot) return;
  const isBundled = existsSync(bundledRecordFile);
  if (isBundled && readFileSync(bundledRecordFile, 'utf8') === compilerRecord()) return;
  throw new Error(
    'dist/ is missing or not bundled: these tests run the built replicas; run `npm run build` first',
  );
}
