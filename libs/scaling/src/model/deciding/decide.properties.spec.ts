import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isDefault, type ReactiveRule, type ScalingRules } from '../rules/scaling-rules.js';
import { decide } from './decide.js';
import type { DecisionInput } from './decision.js';
import { MetricHistory } from './metric-history.js';

const NOW = Date.parse('2026-07-01T12:30:00Z');
const ROLE = 'commerce';

const range = fc
  .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 30 }))
  .map(([min, more]) => ({ min, max: min + more }));

const constraints = fc
  .uniqueArray(fc.record({ rank: fc.integer({ min: 0, max: 9 }), range, isHeld: fc.boolean() }), {
    minLength: 1,
    maxLength: 5,
    selector: ({ rank }) => rank,
  })
  .map((rules) =>
    rules.map(({ rank, range: bounds, isHeld }, index) => ({
      name: `c${index}`,
      isEnabled: true,
      rank,
      timetable:
        index === 0
          ? undefined
          : { from: isHeld ? 0 : NOW + 1, until: undefined, spans: undefined },
      condition: undefined,
      ranges: new Map([[ROLE, bounds] as const]),
    })),
  );

const aboveAll = (value: number) => ({
  kind: 'binary' as const,
  operator: '>' as const,
  left: { kind: 'operand' as const, name: 'cpu' },
  right: { kind: 'number' as const, value },
});

const reactive = fc
  .array(
    fc.record({
      rank: fc.integer({ min: 0, max: 3 }),
      above: fc.integer({ min: 0, max: 100 }),
      step: fc.integer({ min: -20, max: 20 }).filter((step) => step !== 0),
      unit: fc.constantFrom('replicas' as const, 'percent' as const),
    }),
    { maxLength: 6 },
  )
  .map((rules) =>
    rules.map(({ rank, above, step, unit }, index): ReactiveRule => ({
      name: `r${index}`,
      isEnabled: true,
      rank,
      condition: {
        kind: 'binary',
        operator: '>',
        left: { kind: 'operand', name: 'cpu' },
        right: { kind: 'number', value: above },
      },
      scale: [{ steps: new Map([[ROLE, step]]), unit }],
      settings: new Map(),
      notify: undefined,
    })),
  );

const ALL_READY = { alive: 60, ready: 60 };

const scenario = fc.record({
  constraints,
  reactive,
  cpu: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
  current: fc.integer({ min: 1, max: 60 }),
  alive: fc.integer({ min: 0, max: 60 }),
  ready: fc.integer({ min: 0, max: 60 }),
  sinceMs: fc.option(fc.integer({ min: 0, max: 1_200_000 }), { nil: undefined }),
});
type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

function rulesOf({ constraints: bounding, reactive: reacting }: Scenario): ScalingRules {
  return {
    mode: 'act',
    coolDown: { upMs: 180_000, downMs: 600_000 },
    hour: { upInFirst: undefined, downInLast: undefined, timeZone: 'UTC' },
    operands: new Map([
      ['cpu', { name: 'cpu', role: ROLE, metric: 'cpu', aggregate: 'average', windowMs: 60_000 }],
    ]),
    constraints: bounding,
    reactive: reacting,
  };
}

function inputOf({ cpu, current, alive, ready, sinceMs }: Scenario): DecisionInput {
  const samples =
    cpu === undefined ? [] : [{ at: NOW, role: ROLE, metric: 'cpu', value: cpu } as const];
  return {
    now: NOW,
    history: new MetricHistory(samples),
    roles: new Map([[ROLE, { current, alive, ready: Math.min(ready, alive) }]]),
    settings: new Map(),
    memory: { scaledAt: sinceMs === undefined ? {} : { [ROLE]: NOW - sinceMs }, notifiedAt: {} },
  };
}

function decided(world: Scenario) {
  const [role] = decide(rulesOf(world), inputOf(world)).roles;
  if (role === undefined) throw new Error('the default constraint names the role');
  return role;
}

const holds = (check: (world: Scenario) => void) => () =>
  fc.assert(fc.property(scenario, check), { numRuns: 2_000 });

describe('whatever the rules and the load are, a decision', () => {
  it(
    'stays in the range of the highest constraint that holds, unless ready replicas would go',
    holds((world) => {
      const { desired, min, max, current, ready } = decided(world);
      const most = Math.max(current, world.alive);
      const [highest] = world.constraints
        .filter((rule) => isDefault(rule) || rule.timetable?.from === 0)
        .sort((one, other) => other.rank - one.rank);
      expect(highest?.ranges.get(ROLE)).toEqual({ min, max });
      expect(desired).toBeGreaterThanOrEqual(Math.min(min, current));
      expect(desired).toBeGreaterThanOrEqual(1);
      if (desired > max) expect(desired).toBe(Math.min(current, most - Math.max(0, ready - 1)));
    }),
  );

  it(
    'leaves one that is ready, whichever replicas go',
    holds((world) => {
      const { desired, current, ready } = decided(world);
      // All of those that there are and those on their way may be asked to go down to what is wanted.
      const going = Math.max(current, world.alive) - desired;
      const left = desired < current ? ready - going : 1;
      expect(left).toBeGreaterThanOrEqual(1);
    }),
  );

  it(
    'is the same again, and does not depend on the order in which rules are written',
    holds((world) => {
      const reversed = {
        ...world,
        constraints: [...world.constraints].reverse(),
        reactive: [...world.reactive].reverse(),
      };
      expect(decided(world)).toEqual(decided(world));
      expect(decided(reversed).desired).toBe(decided(world).desired);
    }),
  );

  it(
    'changes only what constraints demand while nothing is measured',
    holds((world) => {
      const { desired, current, min, max } = decided({ ...world, cpu: undefined, ...ALL_READY });
      expect(desired).toBe(Math.min(max, Math.max(min, current)));
    }),
  );

  it(
    'does not react within the cool-down',
    holds((world) => {
      const { desired, current, min, max } = decided({ ...world, sinceMs: 179_999, ...ALL_READY });
      expect(desired).toBe(Math.min(max, Math.max(min, current)));
    }),
  );

  it(
    'does not decrease while a rule of the highest rank asks for more',
    holds((world) => {
      const more: ReactiveRule = {
        name: 'more',
        isEnabled: true,
        rank: Math.max(0, ...world.reactive.map((rule) => rule.rank)),
        condition: aboveAll(-1),
        scale: [{ steps: new Map([[ROLE, 1]]), unit: 'replicas' }],
        settings: new Map(),
        notify: undefined,
      };
      const { desired, current, max } = decided({
        ...world,
        cpu: world.cpu ?? 0,
        sinceMs: undefined,
        reactive: [...world.reactive, more],
      });
      expect(desired).toBeGreaterThanOrEqual(Math.min(current + 1, max));
    }),
  );
});
