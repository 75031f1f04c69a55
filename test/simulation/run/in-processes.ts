import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const runner = fileURLToPath(new URL('run.mjs', import.meta.url));

/**
 * Runs the simulator once per list of arguments, all at the same time, outside of the test runner, where
 * it takes half the time. Resolves with what each printed; rejects with what the first one found.
 */
export async function runInProcesses(
  argumentLists: readonly (readonly string[])[],
): Promise<string[]> {
  const runs = argumentLists.map(async (parameters) => {
    try {
      const { stdout } = await promisify(execFile)(process.execPath, [runner, ...parameters]);
      return stdout.trim();
    } catch (error) {
      const { stdout } = error as { stdout?: string };
      throw new Error(`the simulation failed\n${stdout ?? ''}`, { cause: error });
    }
  });
  return Promise.all(runs);
}

/** Seeds 1 to `seeds`, shared out among that many processes. */
export function simulateInProcesses(seeds: number, processes: number): Promise<string[]> {
  const share = Math.ceil(seeds / processes);
  return runInProcesses(
    Array.from({ length: processes }, (_, index) => [
      '--from',
      String(1 + index * share),
      '--seeds',
      String(share),
    ]),
  );
}
