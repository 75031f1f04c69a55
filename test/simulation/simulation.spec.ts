import { describe, expect, it } from '@jest/globals';
import { hunt } from './mutants/hunt.js';
import { loadMutants } from './mutants/load-mutants.js';
import { simulateInProcesses } from './run/in-processes.js';
import { simulate } from './simulate.js';

// `npm run sim` makes 2,000, and any others.
const SEEDS = 200;
const PROCESSES = 2;
const LIMIT_MS = 1_100_000;

describe('the simulated fleet', () => {
  it(
    `keeps its promises in ${SEEDS} runs`,
    async () => {
      // Rejects with the seeds that failed, and how to see the trace of one.
      const summaries = await simulateInProcesses(SEEDS, PROCESSES);
      process.stdout.write(`\n${summaries.join('\n')}\n`);
      for (const summary of summaries) expect(summary).toMatch(/ 0 failed/);
    },
    LIMIT_MS,
  );

  it(
    'asks and answers a lot, also in trouble',
    async () => {
      let [answers, stale, orders] = [0, 0, 0];
      for (let seed = 1; seed <= 20; seed += 1) {
        const run = await simulate({ seed });
        expect(run.violations).toEqual([]);
        answers += run.answers;
        stale += run.staleAnswers;
        orders += run.orders;
      }
      expect(answers).toBeGreaterThan(1_000);
      expect(stale).toBeGreaterThan(20);
      expect(orders).toBeGreaterThan(20);
    },
    LIMIT_MS,
  );

  it(
    'replays a seed exactly',
    async () => {
      for (const seed of [1, 7, 42]) {
        const first = await simulate({ seed, isRecording: true });
        const second = await simulate({ seed, isRecording: true });
        expect(second.hash).toBe(first.hash);
        expect(second.lines).toEqual(first.lines);
      }
      const [one, other] = [await simulate({ seed: 1 }), await simulate({ seed: 2 })];
      expect(one.hash).not.toBe(other.hash);
    },
    LIMIT_MS,
  );

  it(
    'is whole again after a mutant',
    async () => {
      const before = await simulate({ seed: 4 });
      for (const mutant of loadMutants.slice(0, 2)) await hunt(mutant, 1);
      const after = await simulate({ seed: 4 });
      expect(after.hash).toBe(before.hash);
      expect(after.violations).toEqual([]);
    },
    LIMIT_MS,
  );
});
