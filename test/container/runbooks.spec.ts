import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '#libs/config';
import { parse } from 'yaml';
import { z } from 'zod';
import { declaredSeries } from '../support/declared-metrics.js';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const alerts = z
  .object({
    groups: z.array(
      z.object({
        rules: z.array(
          z.object({ alert: z.string(), annotations: z.looseObject({ runbook_url: z.string() }) }),
        ),
      }),
    ),
  })
  .parse(parse(read('docker/prometheus/alerts.yml')))
  .groups.flatMap(({ rules }) => rules);
const pathOf = (alert: string) =>
  `docs/runbooks/${alert.replaceAll(/(?<!^)(?=[A-Z])/g, '-').toLowerCase()}.md`;
const books = alerts.map(({ alert }) => [alert, read(pathOf(alert))] as const);

describe('docs/runbooks', () => {
  it('has a run book for each alert, which names it, and no other', () => {
    expect(alerts.map(({ annotations }) => annotations.runbook_url)).toEqual(
      alerts.map(({ alert }) => pathOf(alert)),
    );
    expect(readdirSync(new URL('docs/runbooks', root)).toSorted()).toEqual(
      alerts.map(({ alert }) => pathOf(alert).replace('docs/runbooks/', '')).toSorted(),
    );
  });

  it.each(books)(
    'says of %s what it means, where to look, what to do and when it is over',
    (alert, text) => {
      const headings = text.split('\n').filter((line) => line.startsWith('#'));
      expect(headings).toEqual([`# ${alert}`, '## Look', '## Do', '## Over']);
      for (const part of text.split(/^#.*$/m).slice(1)) {
        expect(part.trim().length).toBeGreaterThan(20);
      }
    },
  );

  it('names no setting, route, metric, alert or file that is not there', async () => {
    const settings = new Set<string>(
      loadConfig({ REDIS_URL: 'redis://127.0.0.1' }, 'commerce').sources.map(({ key }) => key),
    );
    const routes = ['commerce', 'authoring'].flatMap((role) => {
      const { paths } = JSON.parse(read(`docs/openapi/${role}.json`)) as {
        paths: Record<string, Record<string, unknown>>;
      };
      return Object.entries(paths).flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
      );
    });
    const series = await declaredSeries();
    const known = new Set([
      ...settings,
      ...routes,
      ...series.keys(),
      ...alerts.map(({ alert }) => alert),
      // Of compose and not of a replica.
      'LOCKSTEP_TAG',
    ]);
    const named = books.flatMap(([alert, text]) => [
      ...[...text.matchAll(/`([A-Z][A-Z]+_[A-Z_]+)`/g)].map(([, name]) => [alert, name]),
      ...[...text.matchAll(/`(GET|POST) (\/api[^`? ]*)[^`]*`/g)].map(([, method, path]) => [
        alert,
        `${method} ${path}`,
      ]),
      ...[...text.matchAll(/\b(lockstep_\w+)/g)].map(([, name]) => [alert, name]),
    ]);
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter(([, name]) => !known.has(name ?? ''))).toEqual([]);
    for (const [, text] of books) {
      for (const [, target = ''] of text.matchAll(/\]\(([^)#]+)/g)) {
        expect(() => read(`docs/runbooks/${target}`)).not.toThrow();
      }
    }
  });
});
