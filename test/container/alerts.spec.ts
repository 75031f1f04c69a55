import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { declaredSeries, unknownIn } from '../support/declared-metrics.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'docker/prometheus');
const isPromtoolThere = spawnSync('promtool', ['--version']).status === 0;
const describeWithPromtool = isPromtoolThere ? describe : describe.skip;
const reason = isPromtoolThere ? '' : ' (skipped: no promtool on the PATH)';

const rulesSchema = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          labels: z.object({ severity: z.enum(['page', 'warn']) }),
          annotations: z.object({
            summary: z.string(),
            action: z.string(),
            runbook_url: z.string(),
          }),
        }),
      ),
    }),
  ),
});
const testsSchema = z.object({
  tests: z.array(
    z.object({
      promql_expr_test: z.array(z.object({ expr: z.string(), exp_samples: z.array(z.unknown()) })),
    }),
  ),
});

const read = (name: string) => parse(readFileSync(join(folder, name), 'utf8')) as unknown;
const rules = rulesSchema.parse(read('alerts.yml')).groups.flatMap((group) => group.rules);

describe('docker/prometheus/alerts.yml', () => {
  it('reads no series and no label that is not there', async () => {
    const series = await declaredSeries();
    const wrong = rules.flatMap(({ alert, expr }) =>
      unknownIn(expr, series).map((unknown) => `${alert}: ${unknown}`),
    );
    expect(wrong).toEqual([]);
  });

  it('has for each alert a fault that it must tell of and a time when it must not', () => {
    const cases = testsSchema.parse(read('alerts.test.yml')).tests.flatMap((test) => {
      return test.promql_expr_test.map(({ expr, exp_samples }) => ({
        alert: /alertname="(\w+)"/.exec(expr)?.[1],
        fires: exp_samples.length > 0,
      }));
    });
    for (const fires of [true, false]) {
      const proven = cases.filter((test) => test.fires === fires).map(({ alert }) => alert);
      expect(new Set(proven)).toEqual(new Set(rules.map(({ alert }) => alert)));
    }
  });
});

describeWithPromtool(`the alerts${reason}`, () => {
  it('fire for their faults and for nothing else', () => {
    for (const args of [
      ['check', 'config', 'prometheus.yml'],
      ['test', 'rules', 'alerts.test.yml'],
    ]) {
      const { status, stdout, stderr } = spawnSync('promtool', args, {
        cwd: folder,
        encoding: 'utf8',
      });
      expect([status, status === 0 ? '' : stdout + stderr]).toEqual([0, '']);
    }
  });
});
