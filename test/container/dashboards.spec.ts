import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { dashboards } from '../../tools/dashboards/dashboards.js';
import { renderDashboard } from '../../tools/dashboards/render-dashboard.js';
import { declaredSeries, unknownIn } from '../support/declared-metrics.js';

const folder = fileURLToPath(new URL('../../docker/grafana/dashboards', import.meta.url));
const isPromtoolThere = spawnSync('promtool', ['--version']).status === 0;
const describeWithPromtool = isPromtoolThere ? describe : describe.skip;
const reason = isPromtoolThere ? '' : ' (skipped: no promtool on the PATH)';

const queries = dashboards.flatMap(({ name, panels }) =>
  panels.flatMap(({ title, queries: ofPanel }) =>
    ofPanel.map(({ expr, legend }) => ({ at: `${name}: ${title}`, expr, legend })),
  ),
);

describe('the dashboards of Grafana', () => {
  it('read no series and no label that is not there', async () => {
    const series = await declaredSeries();
    expect(series.size).toBeGreaterThan(80);
    const wrong = queries.flatMap(({ at, expr }) =>
      unknownIn(expr, series).map((unknown) => `${at}: ${unknown}`),
    );
    expect(wrong).toEqual([]);
  });

  it.each([
    ['lockstep_http_request_total', ['lockstep_http_request_total']],
    ['sum by (role) (rate(lockstep_http_requests_total{path="x"}[5m]))', ['{path}']],
    ['sum by (path) (rate(lockstep_http_requests_total[5m]))', ['by (path)']],
    ['rate(lockstep_jobs_run_seconds[5m])', ['lockstep_jobs_run_seconds']],
    ['histogram_quantile(0.9, sum by (le) (rate(lockstep_jobs_run_seconds_bucket[5m])))', []],
    ['1 + 1', ['no series']],
  ])('would be told of what %s names', async (expr, expected) => {
    const unknown = unknownIn(expr, await declaredSeries());
    expect(unknown).toEqual(expected.map((each): unknown => expect.stringContaining(each)));
  });

  it('name in each legend what the query keeps apart, and nothing else', () => {
    for (const { at, expr, legend } of queries) {
      const kept = [...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list = '']) =>
        list.split(',').map((label) => label.trim()),
      );
      const named = [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label);
      expect([at, named.filter((label) => !kept.includes(label ?? ''))]).toEqual([at, []]);
    }
  });

  it('have names of their own, and panels that do not lie upon each other', () => {
    expect(new Set(dashboards.map(({ name }) => name)).size).toBe(dashboards.length);
    expect(readdirSync(folder).toSorted()).toEqual(
      dashboards.map(({ name }) => `${name}.json`).toSorted(),
    );
    for (const dashboard of dashboards) {
      const { panels } = renderDashboard(dashboard) as {
        panels: { id: number; gridPos: { x: number; y: number; w: number } }[];
      };
      const places = panels.map(({ gridPos: { x, y } }) => `${x}/${y}`);
      expect(new Set(places).size).toBe(panels.length);
      expect(panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true);
    }
  });

  it('are on disk as they are described', () => {
    for (const dashboard of dashboards) {
      const text = readFileSync(join(folder, `${dashboard.name}.json`), 'utf8');
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(renderDashboard(dashboard))));
    }
  });
});

describeWithPromtool(`the queries of the dashboards${reason}`, () => {
  it('are PromQL', () => {
    const work = mkdtempSync(join(tmpdir(), 'lockstep-promql-'));
    try {
      const rules = queries.map(({ expr }, index) => ({
        record: `query:${index}`,
        expr: expr.replaceAll('$__rate_interval', '1m'),
      }));
      const file = join(work, 'rules.yml');
      // JSON is YAML.
      writeFileSync(file, JSON.stringify({ groups: [{ name: 'dashboards', rules }] }));
      const { status, stderr } = spawnSync('promtool', ['check', 'rules', file], {
        encoding: 'utf8',
      });
      expect([status, status === 0 ? '' : stderr]).toEqual([0, '']);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  });
});
