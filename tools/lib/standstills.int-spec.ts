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
      expect((await lines.next()).value).toBe('[]');
      child.kill('SIGSTOP');
      const stoppedAtMs = Date.now();
      await once(spawn('sleep', ['2']), 'close');
      child.kill('SIGCONT');
      const isStandstill = (line: string) => line !== '[]';
      let line = '[]';
      while (!isStandstill(line)) line = String((await lines.next()).value);
      const [{ fromMs, toMs }] = JSON.parse(line) as [{ fromMs: number; toMs: number }];
      expect(toMs - fromMs).toBeGreaterThan(1_500);
      expect(toMs).toBeGreaterThan(stoppedAtMs);
    } finally {
      child.kill('SIGKILL');
    }
  });
});
