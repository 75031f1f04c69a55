import { join } from 'node:path';
import { describeEnd, spawnGuarded } from './guarded-process.js';

export interface BuiltToolOptions {
  /** The folder of the project; `dist/` is below it. */
  readonly root: string;
  /** `migrate` or `seed`: a file of `dist/tools`. */
  readonly name: string;
  readonly env: NodeJS.ProcessEnv;
  /** Ends the tool early. */
  readonly signal?: AbortSignal;
  readonly onLine?: (line: string) => void;
}

const STOP_WITHIN_MS = 5_000;

/** Runs a built tool to its end. Rejects with the end of its output when it fails. It does not outlive this process. */
export async function runBuiltTool(options: BuiltToolOptions): Promise<void> {
  const { root, name, env, signal, onLine } = options;
  const lines: string[] = [];
  const file = join(root, 'dist', 'tools', `${name}.js`);
  const tool = spawnGuarded(process.execPath, ['--enable-source-maps', file], {
    cwd: root,
    env,
    onLine: (line) => {
      lines.push(line);
      onLine?.(line);
    },
  });
  const abort = (): void => void tool.stop(STOP_WITHIN_MS);
  signal?.addEventListener('abort', abort, { once: true });
  const end = await tool.exited;
  signal?.removeEventListener('abort', abort);
  if (end.code !== 0) {
    throw new Error(`${name} failed (${describeEnd(end)}):\n${lines.slice(-30).join('\n')}`);
  }
}
