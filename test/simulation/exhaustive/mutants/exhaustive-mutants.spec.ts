import { afterAll, describe, expect, it } from '@jest/globals';
import { allMutants } from '../../mutants/all-mutants.js';
import { exploreScenario } from '../explore-scenario.js';
import { runExhaustively } from '../run-exhaustively.js';
import { scenarioNamed } from '../scenarios/scenarios.js';
import { walkPath } from '../walk-path.js';
import { withMutant } from '../with-mutant.js';
import { mutantVerdicts } from './mutant-verdicts.js';

const LIMIT_MS = 900_000;

describe('of the mutants, exploring every interleaving', () => {
  const table: string[] = [];
  const named = allMutants.map((mutant) => ({ mutant, verdict: mutantVerdicts[mutant.name] }));

  afterAll(() => {
    process.stdout.write(
      `\nmutant: scenario that catches it, states until then, events, by which rule\n${table.join('\n')}\n`,
    );
  });

  it('knows what becomes of each', () => {
    expect(Object.keys(mutantVerdicts)).toEqual(allMutants.map(({ name }) => name));
    for (const { mutant, verdict } of named) {
      if (verdict?.kind === 'out of reach') note(mutant.name, `out of reach: ${verdict.because}`);
    }
  });

  for (const { mutant, verdict } of named) {
    if (verdict?.kind !== 'caught') continue;
    it(
      `catches "${mutant.name}"`,
      async () => {
        const scenario = scenarioNamed(verdict.scenario);
        const { settings } = mutant;
        await withMutant(mutant, async () => {
          const { states, finding } = await exploreScenario(scenario, { settings });
          const { path = [], violation } = finding ?? {};
          expect(violation).toBeDefined();
          note(
            mutant.name,
            `${scenario.name}, ${states} states, ${path.length} events, ${violation?.rule}`,
          );
          // On processes that have seen nothing but this one path.
          const walk = await walkPath(scenario, path, { settings });
          expect(walk.violations[0]).toEqual(violation);
        });
      },
      LIMIT_MS,
    );
  }

  it(
    'shows how, and walks it again on command',
    async () => {
      const mutant = 'the position token is ignored';
      const shown: string[] = [];
      const options = { scenarios: ['read your writes'], mutant };
      expect(await runExhaustively(options, (line) => void shown.push(line))).toBe(false);
      const command = shown.find((line) => line.includes('npm run sim -- --scenario')) ?? '';
      expect(command).toContain(`--mutant '${mutant}'`);
      const replay = /--replay ([\d.]+)/.exec(command)?.[1];
      const again: string[] = [];
      expect(await runExhaustively({ ...options, replay }, (line) => void again.push(line))).toBe(
        false,
      );
      expect(again.join('\n')).toMatch(/w1 begins on A[^]*VIOLATION C5 read your writes/);
      for (const line of again) expect(shown).toContain(line);
    },
    LIMIT_MS,
  );

  it(
    'finds nothing when they are gone',
    async () => {
      const { finding, interleavings } = await exploreScenario(scenarioNamed('read your writes'));
      expect(finding).toBeUndefined();
      expect(interleavings).toBeGreaterThan(1_000_000n);
    },
    LIMIT_MS,
  );

  function note(mutant: string, text: string): void {
    table.push(`  ${mutant.padEnd(66)} ${text}`);
  }
});
