import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readMetrics } from './read-metrics.js';
import { run } from './replay.js';

const rules = `
coolDown: { up: 1m, down: 1m }
operands: { cpu: { role: commerce, metric: cpu, aggregate: last, window: 1m } }
constraints: [{ name: default, ranges: { commerce: { min: 2, max: 4 } } }]
reactive:
  - { name: busy, if: cpu > 80, scale: [{ target: commerce, by: 1 }], changeSetting: { relatedProducts: false } }
`;
const metrics = `at,role,metric,value
2026-07-01T12:00:00Z,commerce,cpu,50
2026-07-01T12:01:00Z,commerce,cpu,90
2026-07-01T12:02:00Z,commerce,cpu,95
2026-07-01T12:10:00Z,commerce,cpu,95
`;

describe('npm run scaling:replay', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lockstep-replay-'));
    writeFileSync(join(folder, 'rules.yaml'), rules);
    writeFileSync(join(folder, 'metrics.csv'), metrics);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('prints what would have happened, and why', async () => {
    const lines: string[] = [];
    const files = [join(folder, 'rules.yaml'), join(folder, 'metrics.csv')];
    expect(await run([...files, '--every', '30s'], (line) => lines.push(line))).toBe(0);
    expect(lines).toEqual([
      '2026-07-01T12:00:00.000Z  commerce 1 -> 2  default bounds 1 to 2 (2 to 4)',
      '2026-07-01T12:01:00.000Z  commerce 2 -> 3  busy asks for +1',
      '2026-07-01T12:01:00.000Z  relatedProducts off  busy',
      '2026-07-01T12:02:00.000Z  commerce 3 -> 4  busy asks for +1',
      '2026-07-01T12:04:30.000Z  busy is frozen: cpu was last measured 150 s ago, more than two windows',
      '2026-07-01T12:10:00.000Z  busy goes on',
      '4 measurements, 4 changes; at the end: commerce 4',
    ]);
  });

  it('reads the examples, and every operand of theirs was measured', async () => {
    const lines: string[] = [];
    const files = ['docs/examples/scaling-rules.yaml', 'docs/examples/scaling-metrics.csv'];
    expect(await run(files, (line) => lines.push(line))).toBe(0);
    expect(lines.join('\n')).toMatch(
      /flooded asks for \+7[^]*backlog asks for \+1[^]*shed[^]*restore[^]*idle asks for -1/,
    );
    expect(lines.join('\n')).not.toContain('frozen');
  });

  it('says how it is called', async () => {
    const print = () => undefined;
    await expect(run([], print)).rejects.toThrow('usage: npm run scaling:replay');
    await expect(run(['a', 'b', '--every', 'soon'], print)).rejects.toThrow('usage');
    await expect(run(['a', 'b', '--wrong'], print)).rejects.toThrow('usage');
    await expect(run([join(folder, 'none.yaml'), 'b'], print)).rejects.toThrow('ENOENT');
  });
});

describe('a file of measurements', () => {
  it.each<[string, string, string]>([
    ['another header', 'time,role,metric,value\n', 'the first line must be'],
    ['nothing', '', 'the first line must be'],
    ['a header alone', 'at,role,metric,value\n', 'holds no measurement'],
    ['a role that does not exist', 'at,role,metric,value\n1,shop,cpu,5\n', 'line 2: role'],
    [
      'a value that is none',
      'at,role,metric,value\n1,commerce,cpu,5\n2,commerce,cpu,\n',
      'line 3: value',
    ],
    ['a time that is none', 'at,role,metric,value\nyesterday,commerce,cpu,5\n', 'line 2: at'],
    ['a row that is too short', 'at,role,metric,value\n1,commerce\n', 'Invalid Record Length'],
  ])('is refused for %s', (_what, text, message) => {
    expect(() => readMetrics(text)).toThrow(message);
  });

  it('is read in the order of time', () => {
    const text = 'at,role,metric,value\n2000,commerce,cpu,2\n1000,commerce,cpu,1\n';
    expect(readMetrics(text).map(({ value }) => value)).toEqual([1, 2]);
  });
});
