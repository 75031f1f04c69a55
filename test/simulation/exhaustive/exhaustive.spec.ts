import { describe, expect, it } from '@jest/globals';
import { runInProcesses } from '../run/in-processes.js';
import { scenarios } from './scenarios/scenarios.js';

const PROCESSES = 2;
// `npm run sim -- --exhaustive` explores the long ones too.
const explored = scenarios.filter(({ isLong }) => isLong !== true);
const LIMIT_MS = 1_100_000;

describe('two replicas, in every interleaving of small scenarios', () => {
  it(
    'keep their promises',
    async () => {
      const shares = Array.from({ length: PROCESSES }, (_, share) =>
        explored
          .filter((_scenario, index) => index % PROCESSES === share)
          .flatMap(({ name }) => ['--scenario', name]),
      );
      // Rejects with the interleaving that breaks one, and how to see it again.
      const reports = await runInProcesses(shares);
      process.stdout.write(`\n${reports.join('\n')}\n`);
      for (const report of reports) expect(report).toMatch(/ 0 failed/);
    },
    LIMIT_MS,
  );
});
