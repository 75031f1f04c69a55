import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readRules } from '#libs/scaling';
import { loadCurves } from './load-curves.js';
import { simulate } from './simulation.js';

const example = readFileSync(
  new URL('../../docs/examples/scaling-rules.yaml', import.meta.url),
  'utf8',
);
const options = {
  startAt: Date.parse('2026-07-01T00:00:00Z'),
  peakPerSecond: 1_500,
  capacityPerSecond: 200,
  startsInMs: 120_000,
  initialReplicas: 2,
};
const rulesWith = (more: string) =>
  readRules(`
operands: { cpu: { role: commerce, metric: cpu, aggregate: average, window: 1m } }
${more}`);
const always = (count: number) =>
  rulesWith(
    `constraints: [{ name: always, ranges: { commerce: { min: ${count}, max: ${count} } } }]`,
  );

describe('a simulated day', () => {
  it('costs what fixed replicas cost, and overloads when they are too few', () => {
    const enough = simulate(always(8), { ...options, curve: loadCurves.daily, initialReplicas: 8 });
    expect(enough).toMatchObject({ overloadMinutes: 0, unansweredShare: 0, increases: 0 });
    expect(enough.replicaHours).toBeCloseTo(8 * 24, 1);
    const few = simulate(always(5), { ...options, curve: loadCurves.daily, initialReplicas: 5 });
    expect(few.replicaHours).toBeCloseTo(5 * 24, 1);
    expect(few.overloadMinutes).toBeGreaterThan(60);
    expect(few.unansweredShare).toBeGreaterThan(0.02);
  });

  it('costs less by the example rules than by what its peak needs, with hardly any overload', () => {
    const result = simulate(readRules(example), { ...options, curve: loadCurves.daily });
    expect(result.replicaHours).toBeLessThan(0.95 * 8 * 24);
    expect(result.unansweredShare).toBeLessThan(0.002);
    expect(result.fewestReplicas).toBeLessThan(result.mostReplicas);
  });

  it('leaves more unanswered in a flash sale the longer a replica takes to start', () => {
    const rules = readRules(example);
    const quick = simulate(rules, {
      ...options,
      curve: loadCurves['flash-sale'],
      startsInMs: 15_000,
    });
    const minutes = simulate(rules, { ...options, curve: loadCurves['flash-sale'] });
    const slow = simulate(rules, { ...options, curve: loadCurves['slow-start'] });
    expect(minutes.unansweredShare).toBeGreaterThan(quick.unansweredShare);
    expect(slow.unansweredShare).toBeGreaterThan(minutes.unansweredShare);
    expect(slow.settingChanges).toBeGreaterThanOrEqual(2);
  });

  it('shows a flash sale to be harmless where a timetable expects it', () => {
    const rules = rulesWith(`
constraints:
  - { name: default, ranges: { commerce: { min: 2, max: 8 } } }
  - name: sale
    rank: 1
    when: { from: '2026-07-01T00:50:00Z', until: '2026-07-01T02:15:00Z' }
    ranges: { commerce: { min: 8, max: 8 } }`);
    const result = simulate(rules, { ...options, curve: loadCurves['flash-sale'] });
    expect(result).toMatchObject({ overloadMinutes: 0, mostReplicas: 8, fewestReplicas: 2 });
  });

  it('shows that rules without a cool-down flap', () => {
    const rules = (coolDown: string) =>
      rulesWith(`
coolDown: { up: ${coolDown}, down: ${coolDown} }
constraints: [{ name: default, ranges: { commerce: { min: 2, max: 12 } } }]
reactive:
  - { name: busy, if: cpu > 70, scale: [{ target: commerce, by: 1 }] }
  - { name: idle, if: cpu < 60, scale: [{ target: commerce, by: -1 }] }`);
    const changes = (coolDown: string) => {
      const { increases, decreases } = simulate(rules(coolDown), {
        ...options,
        curve: loadCurves.noisy,
      });
      return increases + decreases;
    };
    expect(changes('1s')).toBeGreaterThan(3 * changes('20m'));
  });
});
