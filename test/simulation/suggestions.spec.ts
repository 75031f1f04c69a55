import { describe, expect, it } from '@jest/globals';
import { ROWS } from './world/settings.js';
import { simulate } from './simulate.js';

const SEEDS = 10;
const ANSWER = /suggestions:p\d = (?<shown>.*)$/;
const LIMIT_MS = 120_000;

describe('suggestions of the simulated fleet', () => {
  it(
    'are never of an old state, nor of two, and are asked for a lot',
    async () => {
      const answers: string[] = [];
      for (let seed = 1; seed <= SEEDS; seed += 1) {
        const { violations, lines } = await simulate({ seed, isRecording: true });
        expect(violations).toEqual([]);
        answers.push(...lines.flatMap((line) => ANSWER.exec(line)?.groups?.['shown'] ?? []));
      }
      // Each row as a product and as a brand.
      const full = answers.filter((shown) => shown.split('@').length > 2 * ROWS.length);
      expect(full.length).toBeGreaterThan(80);
      expect(new Set(full).size).toBeGreaterThan(50);
    },
    LIMIT_MS,
  );
});
