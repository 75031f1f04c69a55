import { describe, expect, it } from '@jest/globals';
import { axisSteps } from './axis-steps.js';
import { drawPanel } from './draw-panel.js';
import { formatValue } from './format-value.js';
import { panelQuery, rateIntervalS } from './panel-query.js';
import type { RangeAnswer } from './prometheus-client.js';

const RANGE = { startS: 1_000, endS: 1_100, stepS: 10 };
const PANEL = {
  title: 'Event loop, late by',
  description: 'Above the line requests wait.',
  unit: 's',
  limit: 0.2,
  targets: [
    { expr: 'max(a)', legendFormat: '{{role}} {{instance}}' },
    { expr: 'max(b)', legendFormat: 'wanted' },
  ],
};

const answer = (labels: Readonly<Record<string, string>>, ...values: [number, number][]) => ({
  series: [{ labels, points: values.map(([atS, value]) => ({ atS, value })) }],
});
const nothing: RangeAnswer = { series: [] };

describe('a panel on the page', () => {
  it('draws each series with its name, its last and its largest value', () => {
    const drawn = drawPanel(
      PANEL,
      [
        answer({ role: 'commerce', instance: 'one:1' }, [1_000, 0.1], [1_010, 0.4], [1_020, 0.02]),
        answer({}, [1_000, 1], [1_010, 2]),
      ],
      RANGE,
    );
    expect(drawn).toContain('data-state="drawn" data-series="2"');
    expect(drawn.match(/<polyline/g)).toHaveLength(2);
    expect(drawn).toContain('commerce one:1</th><td>20 ms</td><td>400 ms</td>');
    expect(drawn).toContain('wanted</th><td>2 s</td><td>2 s</td>');
    expect(drawn).toContain('class="limit"');
    expect(drawn).toContain('Line at 200 ms.');
  });

  it('leaves gaps where there was nothing, and shows a lone point', () => {
    const drawn = drawPanel(
      PANEL,
      [answer({}, [1_000, 1], [1_010, 1], [1_050, 1], [1_090, 1], [1_100, 1]), nothing],
      RANGE,
    );
    expect(drawn.match(/<polyline/g)).toHaveLength(2);
    expect(drawn.match(/<path/g)).toHaveLength(1);
  });

  it('says that there is no data, and what Prometheus refuses', () => {
    const empty = drawPanel(PANEL, [nothing, nothing], RANGE);
    expect(empty).toContain('data-state="empty" data-series="0"');
    expect(empty).toContain('No data');
    expect(empty).not.toContain('<svg');
    const refused = drawPanel(PANEL, [nothing, { refusal: 'parse error: "<b>"' }], RANGE);
    expect(refused).toContain('data-state="refused"');
    expect(refused).toContain('parse error: &quot;&lt;b&gt;&quot;');
  });

  it('takes no label for markup', () => {
    const label = '<script>alert("1")</script>&';
    const drawn = drawPanel(PANEL, [answer({ role: label }, [1_000, 1]), nothing], RANGE);
    expect(drawn).not.toContain('<script>');
    expect(drawn).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;');
  });
});

describe('a query of a panel', () => {
  const expr = 'rate(a{role=~"$role",instance=~"$instance"}[$__rate_interval])';

  it('asks for all replicas, or for those that are chosen, by their names', () => {
    expect(panelQuery(expr, { role: [], instance: [] }, 60)).toBe(
      'rate(a{role=~".*",instance=~".*"}[60s])',
    );
    const chosen = { role: ['commerce', 'authoring'], instance: ['10.0.0.1:3000', 'a"} or b{"'] };
    expect(panelQuery(expr, chosen, 60)).toBe(
      String.raw`rate(a{role=~"commerce|authoring",instance=~"10\\.0\\.0\\.1:3000|a\"\\} or b\\{\""}[60s])`,
    );
  });

  it('looks at four scrapes at least, and at whole steps', () => {
    expect([rateIntervalS(1, 15), rateIntervalS(360, 15)]).toEqual([60, 375]);
  });
});

describe('an axis', () => {
  it.each([
    [0, 'short', [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [7, 'short', [0, 2, 4, 6, 8]],
    [0.003, 's', [0, 0.001, 0.002, 0.003]],
    [Number.MIN_VALUE, 's', [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [10, 'ops', [0, 2, 4, 6, 8, 10]],
    [1, 'bool', [0, 1]],
  ])('up to %d of %s has round steps', (max, unit, steps) => {
    expect(axisSteps(max, unit).map((step) => Number(step.toFixed(9)))).toEqual(steps);
  });

  it('of bytes has steps that are round in powers of two', () => {
    expect(axisSteps(300 * 1024 ** 2, 'bytes').map((step) => formatValue('bytes', step))).toEqual([
      '0 B',
      '100 MiB',
      '200 MiB',
      '300 MiB',
    ]);
  });

  it.each([
    ['short', 12_345, '12.3 K'],
    ['short', 3, '3'],
    ['s', 0.00042, '420 µs'],
    ['s', 90, '1.5 min'],
    ['ms', 1_500, '1.5 s'],
    ['percentunit', 0.015, '1.5%'],
    ['reqps', 1_234, '1.23 K req/s'],
    ['ops', 0.05, '0.05 ops/s'],
    ['bool', 1, 'True'],
  ])('writes %s %d as %s', (unit, value, text) => {
    expect(formatValue(unit, value)).toBe(text);
  });
});
