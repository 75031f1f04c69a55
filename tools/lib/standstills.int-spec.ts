import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it } from '@jest/globals';

/** Prints a line whenever it has been run again for a moment, with the standstills it has seen until then. */
const watching = `
  import { Standstills } from '${new URL('standstills.mjs', import.meta.url).href}';
  const standstills = new Standstills({ tickMs: 10, longerThanMs: 1_500 });
  const began = Date.now();
  setInterval(() => console.log(JSON.stringify(standstills.since(began))), 50);
`;

describe('standstills', () => {
  it('are seen when the process was stopped for longer than any load explains', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', watching], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      const seen = async () =>
        JSON.parse(String((await lines.next()).value)) as { fromMs: number; toMs: number }[];
      // It runs, and sees none meanwhile. A busy machine may have stopped it before.
      for (let before = -1, now = (await seen()).length; now !== before;) {
        before = now;
        now = (await seen()).length;
      }
      child.kill('SIGSTOP');
      const stoppedAtMs = Date.now();
      await once(spawn('sleep', ['2']), 'close');
      child.kill('SIGCONT');
      let last: { fromMs: number; toMs: number } | undefined;
      while (last === undefined || last.toMs <= stoppedAtMs) last = (await seen()).at(-1);
      expect(last.toMs - last.fromMs).toBeGreaterThan(1_500);
    } finally {
      child.kill('SIGKILL');
    }
  });
});
