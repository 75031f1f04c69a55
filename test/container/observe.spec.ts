import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '#libs/config';
import { parse } from 'yaml';
import { z } from 'zod';
import { dashboards } from '../../tools/dashboards/dashboards.js';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

const serviceSchema = z.looseObject({
  image: z.string().optional(),
  environment: z.record(z.string(), z.string()).default({}),
  secrets: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  networks: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  mem_limit: z.string().optional(),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).default([]),
});
const text = read('docker-compose.observe.yml');
const compose = z
  .looseObject({
    services: z.record(z.string(), serviceSchema),
    volumes: z.record(z.string(), z.unknown()),
    secrets: z.record(z.string(), z.object({ file: z.string() })),
  })
  .parse(parse(text, { merge: true }));
const scale = z
  .looseObject({
    services: z.record(z.string(), z.unknown()),
    networks: z.record(z.string(), z.unknown()),
  })
  .parse(parse(read('docker-compose.scale.yml'), { merge: true }));
const own = Object.entries(compose.services).filter(([name]) => !(name in scale.services));
const resolved = (value: string) => value.replaceAll(/\$\{[A-Z_]+:-([^}]*)\}/g, '$1');

describe('docker-compose.observe.yml', () => {
  it('gives both roles a collector, by keys that they know', () => {
    for (const role of ['commerce', 'authoring'] as const) {
      const { environment = {} } = compose.services[role] ?? {};
      const set = Object.fromEntries(
        Object.entries(environment).map(([key, value]) => [key, resolved(value)]),
      );
      const config = loadConfig({ REDIS_URL: 'redis://127.0.0.1', ...set }, role);
      const known = new Set<string>(config.sources.map(({ key }) => key));
      expect(Object.keys(set).filter((key) => !known.has(key))).toEqual([]);
      const { hostname } = new URL(config.tracing.collector?.url ?? '');
      expect(own.map(([name]) => name)).toContain(hostname);
    }
  });

  it('shows nothing beyond the host, and runs what it adds with least rights and a bound', () => {
    expect(own.map(([name]) => name)).toEqual(['prometheus', 'grafana', 'jaeger']);
    for (const [name, service] of own) {
      expect([name, service]).toEqual([
        name,
        expect.objectContaining({ read_only: true, cap_drop: ['ALL'], networks: ['edge'] }),
      ]);
      expect(service.mem_limit).toMatch(/^\d+[mg]$/);
      expect(service.image).toMatch(/:v?\d+\.\d+\.\d+$/);
      for (const port of service.ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    }
    expect(Object.keys(scale.networks)).toContain('edge');
  });

  it('keeps the password out of the environment, and the preparation writes it', () => {
    for (const [, { environment }] of own) {
      const suspicious = Object.keys(environment).filter(
        (key) => /PASSWORD|SECRET|TOKEN/.test(key) && !key.endsWith('FILE'),
      );
      expect(suspicious).toEqual([]);
    }
    const used = new Set(own.flatMap(([, { secrets }]) => secrets));
    expect([...used]).toEqual(Object.keys(compose.secrets));
    for (const name of used) expect(read('docker/prepare-secrets.sh')).toContain(`write ${name} `);
  });

  it('gives Grafana every dashboard, and the source that they ask', () => {
    const mounts = compose.services['grafana']?.volumes ?? [];
    const dashboardsAt = mounts.find((each) => each.startsWith('./docker/grafana/dashboards:'));
    const provider = parse(read('docker/grafana/provisioning/dashboards/lockstep.yml')) as {
      providers: { options: { path: string } }[];
    };
    expect(dashboardsAt?.split(':')[1]).toBe(provider.providers[0]?.options.path);
    const { datasources } = parse(read('docker/grafana/provisioning/datasources/lockstep.yml')) as {
      datasources: { uid: string; url: string }[];
    };
    const asked = new Set(
      dashboards.flatMap(({ name }) =>
        [
          ...read(`docker/grafana/dashboards/${name}.json`).matchAll(
            /"uid": "(?!lockstep-)(\w+)"/g,
          ),
        ].map(([, uid]) => uid),
      ),
    );
    expect([...asked]).toEqual(['prometheus']);
    expect(datasources.map(({ uid }) => uid)).toContain('prometheus');
    for (const { url } of datasources) {
      expect(own.map(([name]) => name)).toContain(new URL(url).hostname);
    }
    const home =
      compose.services['grafana']?.environment['GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH'];
    expect(
      dashboards.map(({ name }) => `${provider.providers[0]?.options.path}/${name}.json`),
    ).toContain(home);
  });
});
