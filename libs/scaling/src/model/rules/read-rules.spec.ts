import { describe, expect, it } from '@jest/globals';
import { breachText, type Breach } from './read-document.js';
import { readRules } from './read-rules.js';

const valid = {
  operands: { cpu: { role: 'commerce', metric: 'cpu', window: '10m' } },
  constraints: [{ name: 'default', ranges: { commerce: { min: 1, max: 5 } } }],
};
const read = (change: object) => readRules(JSON.stringify({ ...valid, ...change }));

function errorsOf(act: () => unknown): readonly string[] {
  try {
    act();
  } catch (error) {
    const { code, details } = error as { code: string; details: { errors: Breach[] } };
    expect(code).toBe('scaling.rules-invalid');
    return details.errors.map(breachText);
  }
  throw new Error('the rules were accepted');
}

const constraint = (change: object) => ({
  constraints: [
    ...valid.constraints,
    { name: 'more', rank: 1, ranges: { commerce: { min: 1, max: 2 } }, ...change },
  ],
});
const reactive = (change: object) => ({
  reactive: [{ name: 'busy', if: 'cpu > 80', scale: [{ target: 'commerce', by: 1 }], ...change }],
});

describe('rules', () => {
  it('are read from YAML and from JSON alike', () => {
    const yaml = `
mode: act # staff approved
operands: { cpu: { role: commerce, metric: cpu, window: 10m } }
constraints:
  - { name: default, ranges: { commerce: { min: 1, max: 5 } } }
`;
    expect(readRules(yaml)).toEqual(read({ mode: 'act' }));
  });

  it('only advise unless they say that they act', () => {
    expect(read({}).mode).toBe('advise');
  });

  it.each<[string, object, string]>([
    ['an unknown key', { colour: 1 }, 'Unrecognized key'],
    [
      'a minimum of none',
      { constraints: [{ name: 'default', ranges: { commerce: { min: 0, max: 5 } } }] },
      'constraints[0].ranges.commerce.min',
    ],
    [
      'a range upside down',
      { constraints: [{ name: 'default', ranges: { commerce: { min: 5, max: 4 } } }] },
      'min is greater than max',
    ],
    [
      'a role without a default',
      {
        constraints: [{ name: 'never', enabled: false, ranges: { commerce: { min: 1, max: 5 } } }],
      },
      'commerce has no default',
    ],
    [
      'a default that has a timetable',
      {
        constraints: [
          {
            name: 'then',
            when: { from: '2026-01-01T00:00:00Z' },
            ranges: { commerce: { min: 1, max: 5 } },
          },
        ],
      },
      'commerce has no default',
    ],
    ['two constraints of one rank', constraint({ rank: 0 }), 'have the same rank 0 for commerce'],
    ['two rules of one name', constraint({ name: 'default' }), 'two rules are called default'],
    [
      'a time zone that does not exist',
      constraint({ when: { cron: '0 8 * * *', timeZone: 'Mars/Base', for: '2h' } }),
      'no time zone',
    ],
    [
      'a cron text that is none',
      constraint({ when: { cron: '0 25 * * *', timeZone: 'UTC', for: '2h' } }),
      'is no cron text',
    ],
    [
      'seconds in a cron text',
      constraint({ when: { cron: '0 0 8 * * *', timeZone: 'UTC', for: '2h' } }),
      'five fields',
    ],
    [
      'a cron text without a zone',
      constraint({ when: { cron: '0 8 * * *', for: '2h' } }),
      'cron needs timeZone',
    ],
    [
      'a cron text without a length',
      constraint({ when: { cron: '0 8 * * *', timeZone: 'UTC' } }),
      'cron needs for',
    ],
    ['a timetable of nothing', constraint({ when: {} }), 'names no time'],
    [
      'a period that ends before it begins',
      constraint({ when: { from: '2026-02-01T00:00:00Z', until: '2026-01-01T00:00:00Z' } }),
      'ends before it begins',
    ],
    ['an operand that does not exist', reactive({ if: 'cpx > 80' }), 'there is no operand cpx'],
    ['a condition that is a number', reactive({ if: 'cpu' }), 'is a number, not a comparison'],
    ['a condition that breaks off', reactive({ if: 'cpu >' }), 'has the end where a number'],
    [
      'a comparison of comparisons',
      reactive({ if: '(cpu > 1) > 2' }),
      'takes numbers, not comparisons',
    ],
    ['a sign that is none', reactive({ if: 'cpu ! 5' }), 'cannot read "! 5"'],
    ['a condition of endless brackets', reactive({ if: '('.repeat(400) }), 'nested deeper than 50'],
    [
      'a target that does not exist',
      reactive({ scale: [{ target: 'database', by: 1 }] }),
      'neither a role nor one of the groups',
    ],
    [
      'a target that every object has',
      reactive({ scale: [{ target: 'constructor', by: 1 }] }),
      'neither a role nor one of the groups',
    ],
    [
      'a step of two kinds',
      reactive({ scale: [{ target: 'commerce', by: 1, byPercent: 5 }] }),
      'either by or byPercent',
    ],
    ['a step of nothing', reactive({ scale: [{ target: 'commerce', by: 0 }] }), 'a step of 0'],
    [
      'a role that one rule scales twice',
      reactive({
        scale: [
          { target: 'commerce', by: 1 },
          { target: 'commerce', by: 2 },
        ],
      }),
      'scales a role twice',
    ],
    [
      'a range in a reactive rule',
      reactive({ ranges: { commerce: { min: 1, max: 2 } } }),
      'Unrecognized key',
    ],
    ['a rule that does nothing', reactive({ scale: [] }), 'does nothing'],
    [
      'a setting that does not exist',
      reactive({ changeSetting: { lights: false } }),
      'there is no setting lights',
    ],
    [
      'a setting that every object has',
      reactive({ changeSetting: { toString: false } }),
      'there is no setting toString',
    ],
    [
      'a metric that does not exist',
      { operands: { x: { role: 'commerce', metric: 'toString', window: '1m' } } },
      'operands.x.metric',
    ],
    [
      'a window that is no time',
      { operands: { x: { role: 'commerce', metric: 'cpu', window: '10 minutes' } } },
      'operands.x.window',
    ],
    ['an hour of no zone', { hour: { upInFirst: 5, timeZone: 'Mars/Base' } }, 'hour.timeZone'],
    [
      'a group called like a role',
      { groups: { commerce: { authoring: 1 } } },
      'is called like a role',
    ],
  ])('refuse %s', (_what, change, message) => {
    expect(errorsOf(() => read(change)).join('\n')).toContain(message);
  });

  it('name everything that is wrong at once', () => {
    const errors = errorsOf(() =>
      read({
        ...reactive({ if: 'cpx > 80', scale: [{ target: 'x', by: 1 }] }),
        groups: { commerce: {} },
      }),
    );
    expect(errors.length).toBeGreaterThanOrEqual(4);
  });

  it('say where a text is no YAML, and refuse keys that stand there twice and bombs of aliases', () => {
    expect(errorsOf(() => readRules('mode: act\nmode: off\n'))[0]).toMatch(/^line 2, column 1: /);
    const bomb = [
      'a: &a [1,1,1,1,1,1,1,1,1]',
      ...'bcdefgh'
        .split('')
        .map(
          (key, index) => `${key}: &${key} [${Array(9).fill(`*${'abcdefg'[index]}`).join(',')}]`,
        ),
    ].join('\n');
    expect(errorsOf(() => readRules(bomb))[0]).toContain('alias');
    expect(errorsOf(() => readRules('x'.repeat(100_001)))[0]).toContain('longer than');
    expect(errorsOf(() => readRules(''))[0]).toContain('the document');
  });

  it.each<[string, string]>([
    ['lists', '['],
    ['maps', '{a: '],
    ['items', '- '],
  ])('are refused when they are so deep that nobody can read them: %s', (_what, open) => {
    expect(errorsOf(() => readRules(open.repeat(20_000)))).not.toEqual([]);
  });

  it('name no more than a hundred things that are wrong, and how many more there are', () => {
    const wrong = Object.fromEntries(Array.from({ length: 99 }, (_, index) => [`o${index}`, {}]));
    const errors = errorsOf(() => read({ operands: wrong }));
    expect(errors).toHaveLength(101);
    expect(errors.at(-1)).toMatch(/^and \d+ more$/);
  });

  it('have as many operands as can be read for each decision', () => {
    const operands = (length: number) =>
      Object.fromEntries(
        Array.from({ length }, (_, index) => [`o${index}`, valid.operands.cpu] as const),
      );
    expect(read({ operands: operands(100) }).operands.size).toBe(100);
    expect(errorsOf(() => read({ operands: operands(101) }))[0]).toContain('at most 100 operands');
  });
});
