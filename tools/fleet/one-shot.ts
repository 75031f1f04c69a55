import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describeEnd, type ProcessEnd } from './replica-process.js';

export interface BuiltToolOptions {
  /** The folder of the project; `dist/` is below it. */
  readonly root: string;
  /** `migrate` or `seed`: a file of `dist/tools`. */
  readonly name: string;
  readonly env: NodeJS.ProcessEnv;
  /** Ends the tool early (SIGTERM). */
  readonly signal?: AbortSignal;
  readonly onLine?: (line: string) => void;
}

/** Runs a built tool to its end. Rejects with the end of its output when it fails. It does not outlive this process. */
export async function runBuiltTool(options: BuiltToolOptions): Promise<void> {
  const { root, name, env, signal, onLine } = options;
  const dist = join(root, 'dist', 'tools');
  const preload = join(dist, 'fleet', 'exit-with-parent.js');
  const args = ['--enable-source-maps', '--import', preload, join(dist, `${name}.js`)];
  const child = spawn(process.execPath, args, {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
    ...(signal === undefined ? {} : { signal }),
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      onLine?.(line);
    });
  }
  const end = await new Promise<ProcessEnd>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, killedBy) => resolve({ code, signal: killedBy }));
  });
  if (end.code !== 0) {
    throw new Error(`${name} failed (${describeEnd(end)}):\n${lines.slice(-30).join('\n')}`);
  }
}
