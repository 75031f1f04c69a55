import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const runner = fileURLToPath(new URL('run.mjs', import.meta.url));

/**
 * Runs seeds 1 to `seeds` in that many processes, outside of the test runner, where they take half the
 * time. Resolves with what each printed; rejects with what the first one found.
 */
export async function simulateInProcesses(seeds: number, processes: number): Promise<string[]> {
  const share = Math.ceil(seeds / processes);
  const runs = Array.from({ length: processes }, async (_, index) => {
    const range = ['--from', String(1 + index * share), '--seeds', String(share)];
    try {
      const { stdout } = await promisify(execFile)(process.execPath, [runner, ...range]);
      return stdout.trim();
    } catch (error) {
      const { stdout } = error as { stdout?: string };
      throw new Error(`the simulation failed\n${stdout ?? ''}`, { cause: error });
    }
  });
  return Promise.all(runs);
}
