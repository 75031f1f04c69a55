import { describe, expect, it } from '@jest/globals';
import { ScalingCourse } from '../../../test/scaling-course.js';
import { readRules } from '../rules/read-rules.js';
import { decide } from './decide.js';
import { NO_MEMORY } from './decision.js';
import { MetricHistory } from './metric-history.js';

const BASE = `
coolDown: { up: 1m, down: 1m }
operands:
  cpu: { role: commerce, metric: cpu, window: 10m }
  queue: { role: commerce, metric: jobQueueLength, aggregate: last, window: 2m }
constraints:
  - { name: default, ranges: { commerce: { min: 2, max: 5 } } }
`;
const rulesOf = (more: string) => readRules(BASE + more);
const at = (text: string) => Date.parse(text);

const reference = `
  - name: morning
    rank: 10
    when: { cron: '0 8 * * *', timeZone: Europe/Berlin, for: 2h }
    ranges: { commerce: { min: 4, max: 6 } }
reactive:
  - { name: busy, if: cpu > 80, scale: [{ target: commerce, by: 1 }] }
  - { name: idle, if: cpu < 20, scale: [{ target: commerce, by: -1 }] }
`;

describe('the reference case', () => {
  it('rises to the minimum at eight, to the maximum under load, and falls no further', () => {
    // Half past seven in Berlin, in summer.
    const course = new ScalingCourse(rulesOf(reference), at('2026-07-01T05:30:00Z'), {
      current: 2,
    });
    expect(course.run(29, { cpu: 50 })).toEqual(Array(29).fill(2));
    expect(course.run(1, { cpu: 50 })).toEqual([4]);
    expect(course.run(60, { cpu: 95 }).at(-1)).toBe(6);
    expect(Math.max(...course.run(50, { cpu: 95 }))).toBe(6);
    // Ten: the default holds again, at once.
    expect(course.run(11, { cpu: 95 }).at(-1)).toBe(5);
    expect(course.run(60, { cpu: 5 }).at(-1)).toBe(2);
    expect(Math.min(...course.run(30, { cpu: 5 }))).toBe(2);
  });

  it('does not fall below the minimum of the rule that is active', () => {
    const course = new ScalingCourse(rulesOf(reference), at('2026-07-01T06:00:00Z'), {
      current: 6,
    });
    expect(course.run(60, { cpu: 5 }).at(-1)).toBe(4);
  });

  it('rises at eight of the zone in winter as well', () => {
    const course = new ScalingCourse(rulesOf(reference), at('2026-12-01T06:58:00Z'), {
      current: 2,
    });
    expect(course.run(2, { cpu: 50 })).toEqual([2, 4]);
  });
});

describe('conflicts', () => {
  const decided = (more: string, current: number, values: Record<string, number> = { cpu: 50 }) =>
    new ScalingCourse(rulesOf(more), at('2026-07-01T12:00:00Z'), { current }).step(values).roles[0];

  it('takes the largest increase among rules of equal rank', () => {
    const role = decided(
      `reactive:
  - { name: one, if: cpu > 1, scale: [{ target: commerce, by: 1 }] }
  - { name: two, if: cpu > 2, scale: [{ target: commerce, by: 2 }] }
  - { name: less, if: cpu > 3, scale: [{ target: commerce, by: -1 }] }`,
      3,
    );
    expect(role?.desired).toBe(5);
    expect(role?.because).toEqual([
      'two asks for +2',
      'one (+1) is dropped: it is not the largest increase',
      'less (-1) is dropped: it is not the largest increase',
    ]);
  });

  it('takes the smallest decrease when none increases', () => {
    const role = decided(
      `reactive:
  - { name: one, if: cpu > 1, scale: [{ target: commerce, by: -1 }] }
  - { name: two, if: cpu > 2, scale: [{ target: commerce, by: -2 }] }`,
      5,
    );
    expect(role?.desired).toBe(4);
  });

  it('hears the highest rank even when it asks for less', () => {
    const role = decided(
      `reactive:
  - { name: low, rank: 1, if: cpu > 1, scale: [{ target: commerce, by: 2 }] }
  - { name: high, rank: 2, if: cpu > 2, scale: [{ target: commerce, by: -1 }] }`,
      3,
    );
    expect(role?.desired).toBe(2);
    expect(role?.because).toContain('low (+2) is dropped: it is outranked by high');
  });

  it('lets a constraint beat every reactive rule, whatever their ranks', () => {
    const role = decided(
      `reactive:
  - { name: much, rank: 1000, if: cpu > 1, scale: [{ target: commerce, by: 100 }] }`,
      3,
    );
    expect(role).toMatchObject({ desired: 5, boundBy: 'default' });
  });

  it('lets a constraint with a condition set another range while it holds', () => {
    const more = `
  - { name: backlog, rank: 5, if: queue > 100, ranges: { commerce: { min: 5, max: 8 } } }`;
    expect(decided(more, 2, { cpu: 50, jobQueueLength: 100 })?.desired).toBe(2);
    expect(decided(more, 2, { cpu: 50, jobQueueLength: 101 })?.desired).toBe(5);
  });

  it('scales a group by the ratios of its roles, and rounds per cents away from nothing', () => {
    const rules = readRules(`
operands: { cpu: { role: commerce, metric: cpu, window: 1m } }
groups: { shop: { commerce: 3, authoring: 1 } }
constraints:
  - { name: default, ranges: { commerce: { min: 1, max: 50 }, authoring: { min: 1, max: 50 } } }
reactive:
  - { name: more, if: cpu > 80, scale: [{ target: shop, by: 2 }] }
  - { name: less, if: cpu < 20, scale: [{ target: shop, byPercent: -10 }] }
`);
    const wanted = (cpu: number) =>
      decide(rules, {
        now: 1_000_000,
        history: new MetricHistory([{ at: 999_000, role: 'commerce', metric: 'cpu', value: cpu }]),
        roles: new Map([
          ['commerce', { current: 10, alive: 10, ready: 10 }],
          ['authoring', { current: 4, alive: 4, ready: 4 }],
        ] as const),
        settings: new Map(),
        memory: NO_MEMORY,
      }).roles.map(({ desired }) => desired);
    expect(wanted(90)).toEqual([16, 6]);
    expect(wanted(10)).toEqual([7, 3]);
  });
});

describe('what holds a rule back', () => {
  const up = `reactive: [{ name: busy, if: cpu > 80, scale: [{ target: commerce, by: 1 }] }]`;

  it('freezes it when its metric is older than two windows, and not before', () => {
    const course = new ScalingCourse(rulesOf(up), at('2026-07-01T12:00:00Z'), { current: 2 });
    course.step({ cpu: 50 });
    course.history.add({ at: course.now, role: 'commerce', metric: 'cpu', value: 200 });
    course.now += 18 * 60_000;
    expect(course.step({}).rules[1]).toMatchObject({ rule: 'busy', outcome: 'matched' });
    course.now += 60_000;
    expect(course.step({}).rules[1]).toMatchObject({
      outcome: 'frozen',
      why: 'cpu was last measured 1260 s ago, more than two windows',
    });
  });

  it('freezes it while its metric was never measured, or its condition has no value', () => {
    const never = new ScalingCourse(rulesOf(up), 0, { current: 2 }).step({});
    expect(never.rules[1]).toMatchObject({ outcome: 'frozen', why: 'cpu was never measured' });
    const divided = rulesOf(
      `reactive: [{ name: odd, if: not (cpu / queue < 5), scale: [{ target: commerce, by: 1 }] }]`,
    );
    const decision = new ScalingCourse(divided, 0, { current: 2 }).step({
      cpu: 9,
      jobQueueLength: 0,
    });
    expect(decision.rules[1]?.outcome).toBe('frozen');
    expect(decision.roles[0]?.desired).toBe(2);
  });

  it('waits for the cool-down of its direction after any change', () => {
    const rules = readRules(`
coolDown: { up: 3m, down: 5m }
operands: { cpu: { role: commerce, metric: cpu, aggregate: last, window: 5m } }
constraints: [{ name: default, ranges: { commerce: { min: 1, max: 9 } } }]
reactive:
  - { name: busy, if: cpu > 80, scale: [{ target: commerce, by: 1 }] }
  - { name: idle, if: cpu < 20, scale: [{ target: commerce, by: -1 }] }
`);
    const course = new ScalingCourse(rules, at('2026-07-01T12:00:00Z'), { current: 2 });
    expect(course.run(7, { cpu: 90 })).toEqual([3, 3, 3, 4, 4, 4, 5]);
    expect(course.run(6, { cpu: 5 })).toEqual([5, 5, 5, 5, 4, 4]);
  });

  it('waits for the minutes of the hour in which it may scale', () => {
    const rules = rulesOf(`hour: { upInFirst: 10, downInLast: 5 }
reactive:
  - { name: busy, if: cpu > 80, scale: [{ target: commerce, by: 1 }] }
  - { name: idle, if: cpu < 20, scale: [{ target: commerce, by: -1 }] }`);
    const rising = new ScalingCourse(rules, at('2026-07-01T12:08:00Z'), { current: 2 });
    expect(rising.run(3, { cpu: 99 })).toEqual([3, 3, 3]);
    const falling = new ScalingCourse(rules, at('2026-07-01T12:53:00Z'), { current: 4 });
    expect(falling.run(3, { cpu: 1 })).toEqual([4, 3, 2]);
  });

  it('counts the minutes of the hour by the clock of a zone', () => {
    // 18:09 in Kolkata, which is half an hour off.
    const rules = (zone: string) =>
      rulesOf(`hour: { upInFirst: 10${zone} }
reactive: [{ name: busy, if: cpu > 80, scale: [{ target: commerce, by: 1 }] }]`);
    const desired = (zone: string) =>
      new ScalingCourse(rules(zone), at('2026-07-01T12:38:00Z'), { current: 2 }).run(1, {
        cpu: 99,
      });
    expect(desired(', timeZone: Asia/Kolkata')).toEqual([3]);
    expect(desired('')).toEqual([2]);
  });

  it('never takes away so many that none that is ready may be left', () => {
    const course = new ScalingCourse(rulesOf(''), at('2026-07-01T12:00:00Z'), { current: 9 });
    const decision = course.step({ cpu: 50 }, 2);
    // The maximum is 5, but only 2 of 9 are ready.
    expect(decision.roles[0]).toMatchObject({ desired: 8 });
    expect(decision.roles[0]?.because).toContain('only 2 of 9 are ready: no fewer than 8');
  });

  it('counts those that should have gone and are there, when it takes away more', () => {
    const wanted = (current: number, alive: number, ready: number) =>
      decide(rulesOf(''), {
        now: 1_000_000,
        history: new MetricHistory(),
        roles: new Map([['commerce', { current, alive, ready }]]),
        settings: new Map(),
        memory: NO_MEMORY,
      }).roles[0]?.desired;
    // Of the ten that there are five go, and all of them may be ready ones.
    expect(wanted(9, 10, 6)).toBe(5);
    expect(wanted(9, 10, 5)).toBe(6);
    expect(wanted(9, 10, 1)).toBe(9);
    // What is wanted already stays wanted.
    expect(wanted(6, 10, 2)).toBe(6);
  });
});

describe('a clock that was wrong', () => {
  const rules = rulesOf(`reactive:
  - { name: busy, if: cpu > 80, scale: [{ target: commerce, by: 1 }], notify: { message: busy } }`);
  const future = at('2027-07-01T12:00:00Z');
  const decided = (samples: readonly [number, number][]) =>
    decide(rules, {
      now: at('2026-07-01T12:00:00Z'),
      history: new MetricHistory(
        samples.map(([time, value]) => ({ at: time, role: 'commerce', metric: 'cpu', value })),
      ),
      roles: new Map([['commerce', { current: 2, alive: 2, ready: 2 }]]),
      settings: new Map(),
      memory: { scaledAt: { commerce: future }, notifiedAt: { busy: future } },
    });

  it('leaves no cool-down and no silence that lasts until it is right', () => {
    const { roles, notifications } = decided([[at('2026-07-01T11:59:00Z'), 95]]);
    expect(roles[0]?.desired).toBe(3);
    expect(notifications).toEqual([{ rule: 'busy', message: 'busy' }]);
  });

  it('leaves no measurement that is read before its time', () => {
    expect(decided([[future, 95]]).rules[1]).toMatchObject({ outcome: 'frozen' });
    const both = decided([
      [at('2026-07-01T11:59:00Z'), 50],
      [future, 95],
    ]);
    expect(both.rules[1]).toMatchObject({ outcome: 'not-matched', why: 'cpu = 50' });
  });
});

describe('settings and notifications', () => {
  const rules = rulesOf(`reactive:
  - { name: shed, rank: 1, if: cpu > 90, changeSetting: { relatedProducts: false } }
  - { name: restore, if: cpu < 60, changeSetting: { relatedProducts: true } }
  - { name: tell, if: cpu > 90, notify: { message: busy, every: 10m } }`);

  it('switches once and back by the rule that says so', () => {
    const course = new ScalingCourse(rules, 0, { current: 2 });
    expect(course.step({ cpu: 95 }).settings).toEqual([
      { setting: 'relatedProducts', isOn: false, rule: 'shed' },
    ]);
    expect(course.step({ cpu: 95 }).settings).toEqual([]);
    course.run(15, { cpu: 10 });
    expect(course.settings.get('relatedProducts')).toBe(true);
  });

  it('lets the higher rank decide a setting, and says what was dropped', () => {
    const both = rulesOf(`reactive:
  - { name: low, if: cpu > 1, changeSetting: { relatedProducts: true } }
  - { name: high, rank: 1, if: cpu > 2, changeSetting: { relatedProducts: false } }`);
    const decision = new ScalingCourse(both, 0, { current: 2 }).step({ cpu: 50 });
    expect(decision.settings).toEqual([{ setting: 'relatedProducts', isOn: false, rule: 'high' }]);
    expect(decision.dropped).toEqual([
      { rule: 'low', what: 'relatedProducts on', why: 'high says the opposite and comes first' },
    ]);
  });

  it('notifies again only after a while', () => {
    const course = new ScalingCourse(rules, 0, { current: 2 });
    const told = Array.from({ length: 25 }, () => course.step({ cpu: 95 }).notifications.length);
    expect(told.flatMap((count, minute) => (count > 0 ? [minute] : []))).toEqual([0, 10, 20]);
  });
});
