import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { inOwnTime } from './own-time.js';

const LONG_MS = 400;

describe('the time a test has waited', () => {
  it('counts what was waited for', async () => {
    const [answer, waitedMs] = await inOwnTime(async () => {
      // Each is longer than a tick, and neither timer is passed over however late both are.
      for (let wait = 0; wait < 30; wait += 1) await setTimeout(12);
      return 'done';
    });
    expect(answer).toBe('done');
    expect(waitedMs).toBeGreaterThanOrEqual(250);
  });

  it('counts neither what this process computes nor that it was not run', async () => {
    const [, waitedMs] = await inOwnTime(async () => {
      const untilMs = performance.now() + LONG_MS;
      while (performance.now() < untilMs);
      await setTimeout(1);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LONG_MS);
      await setTimeout(1);
    });
    expect(waitedMs).toBeLessThanOrEqual(50);
  });

  it('rejects as the work does', async () => {
    await expect(inOwnTime(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });
});
