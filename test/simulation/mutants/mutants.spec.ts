import { afterAll, describe, expect, it } from '@jest/globals';
import { allMutants } from './all-mutants.js';
import { hunt } from './hunt.js';

/** A protocol line that this many runs do not miss is not tested by them. */
const MAX_SEEDS = 1000;
const LIMIT_MS = 900_000;

describe('the checker catches', () => {
  const table: string[] = [];

  afterAll(() => {
    process.stdout.write(
      `\nmutant: first seed that catches it, by which rule\n${table.join('\n')}\n`,
    );
  });

  it.each(allMutants.map((mutant) => [mutant.name, mutant] as const))(
    '%s',
    async (name, mutant) => {
      const { caughtBy } = mutant;
      const { seed, violation } = await hunt(mutant, MAX_SEEDS);
      table.push(
        `  ${name.padEnd(66)} ${String(seed ?? 'none').padStart(5)}  ${violation?.rule ?? ''}`,
      );
      expect(seed).toBeDefined();
      if (caughtBy !== undefined) expect(caughtBy).toContain(violation?.rule);
    },
    LIMIT_MS,
  );
});
