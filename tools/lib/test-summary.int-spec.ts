import { describe, expect, it } from '@jest/globals';
import type { JestSummary } from './jest-report.mjs';
import { testSummary, type SummarisedStep } from './test-summary.mjs';

const program: SummarisedStep = {};
const suites: SummarisedStep = { projects: ['unit'] };
const passed: JestSummary = { passed: 3, failures: [], skipped: [] };
const numbered = Array.from({ length: 30 }, (_, index) => `line ${index}`).join('\n\n');

function summaryOf(results: readonly [SummarisedStep, Partial<JestSummary>][]) {
  const all = results.map(([step, result]) => [step, { ...passed, ...result }] as const);
  return testSummary(new Map(all), 'logs/*.log');
}

describe('the end of npm test', () => {
  it('says how each failure failed: a test with its first lines, a program with its last', () => {
    const failing = (name: string) => ({ failures: [{ name, detail: numbered }] });
    const { lines, hasFailed } = summaryOf([
      [program, failing('lint')],
      [suites, failing('a.spec.ts: counts')],
    ]);
    const ten = (from: number) => Array.from({ length: 10 }, (_, at) => `      line ${from + at}`);
    expect(lines).toEqual([
      ...['failed:', '  x lint', ...ten(20), '  x a.spec.ts: counts', ...ten(0)],
      ...['the logs are in logs/*.log', '6 passed, 2 failed, 0 skipped'],
    ]);
    expect(hasFailed).toBe(true);
  });

  it('names what was skipped, by its reason', () => {
    const skipped = ['b', 'c'].map((name) => ({ name, reason: 'no server' }));
    const { lines, hasFailed } = summaryOf([[suites, { skipped }]]);
    expect(lines).toEqual([
      ...['skipped, no server:', '  - b', '  - c'],
      '3 passed, 0 failed, 2 skipped',
    ]);
    expect(hasFailed).toBe(false);
  });
});
