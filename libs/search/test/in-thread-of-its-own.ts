import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';

/**
 * Runs the file, with all that it imports, in a thread of its own, and resolves with what that posts: counting steps costs the more, the
 * more code the thread that counts has loaded, and one of Jest has all of its suites.
 */
export async function inThreadOfItsOwn(entry: URL): Promise<unknown> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
    write: false,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'es2022',
    conditions: ['source'],
    logLevel: 'error',
  });
  const thread = new Worker(outputFiles[0]?.text ?? '', { eval: true, env: {}, execArgv: [] });
  return new Promise((resolve, reject) => {
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', (code) => reject(new Error(`the thread ended with ${code}`)));
  });
}
