import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { z } from 'zod';
import {
  customResourceErrors,
  kindErrors,
  schemaInVariable,
} from '../../test/support/custom-resource-schema.js';
import { readTextFile } from '../read-text-file.js';
import { fleetManifests } from './fleet-manifests.js';
import { readFleet } from './read-fleet.js';

const examples = new URL('../../docs/examples/', import.meta.url);
const example = (name: string) => readTextFile(fileURLToPath(new URL(name, examples)));
const text = example('kubernetes.yaml');

const objectSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string() }),
  spec: z.looseObject({}),
});
type Manifest = z.infer<typeof objectSchema>;

const range = { min: 2, max: 6 };
const variants = {
  rules: {},
  cpu: { scaling: { by: 'cpu', commerce: range, authoring: range } },
  hand: {
    scaling: { by: 'hand', commerce: 3, authoring: 2 },
    demo: { staffEmail: "o'brien@shop.example", staffPassword: { secret: 'staff', key: 'p' } },
  },
  sticky: {
    gateway: {
      name: 'public',
      commerce: ['shop.example'],
      authoring: ['office.example'],
      push: 'sticky',
    },
  },
};
type Variant = keyof typeof variants;
const manifestsOf = (variant: Variant, change: object = {}) =>
  fleetManifests(
    readFleet(stringify({ ...(parse(text) as object), ...variants[variant], ...change }), example),
  );
const objectsOf = (variant: Variant, change: object = {}): Manifest[] =>
  [...manifestsOf(variant, change).values()].flatMap((file) =>
    parseAllDocuments(file).map((document) => objectSchema.parse(document.toJS())),
  );
const ofKind = (kind: string, objects: readonly Manifest[]) =>
  objects.filter((object) => object.kind === kind);
const jobOf = (objects: readonly Manifest[]) => ofKind('Job', objects)[0];
const podsOf = (objects: readonly Manifest[]) =>
  [...ofKind('Deployment', objects), ...ofKind('Job', objects)].map(
    ({ spec }) => (spec['template'] as { spec: Record<string, unknown> }).spec,
  );
const containersOf = (objects: readonly Manifest[]) =>
  podsOf(objects).flatMap(({ containers }) => containers as Record<string, unknown>[]);

describe('manifests of a fleet', () => {
  it('are the same for the same description, and in the order in which they are applied', () => {
    expect([...manifestsOf('rules')]).toEqual([...manifestsOf('rules')]);
    const kinds = [...manifestsOf('rules').values()].map((file) => /^kind: (.*)$/m.exec(file)?.[1]);
    expect(kinds).toEqual(['Job', 'Service', 'Deployment', 'Deployment']);
  });

  it.each([
    ['rules', { ScaledObject: 2, HorizontalPodAutoscaler: 0 }, undefined],
    ['cpu', { ScaledObject: 0, HorizontalPodAutoscaler: 2 }, undefined],
    ['hand', { ScaledObject: 0, HorizontalPodAutoscaler: 0 }, 3],
  ] as const)('let one thing say how many there are: %s', (variant, scalers, replicas) => {
    const objects = objectsOf(variant);
    for (const [kind, count] of Object.entries(scalers)) {
      expect([kind, ofKind(kind, objects).length]).toEqual([kind, count]);
    }
    const commerce = ofKind('Deployment', objects).find(
      ({ metadata }) => metadata.name === 'lockstep-commerce',
    );
    expect(commerce?.spec['replicas']).toBe(replicas);
  });

  it('scale what there is', () => {
    for (const variant of ['rules', 'cpu'] as const) {
      const objects = objectsOf(variant, { name: 'second' });
      const deployments = ofKind('Deployment', objects).map(({ metadata }) => metadata.name);
      const targets = objects
        .flatMap(({ spec }) => ('scaleTargetRef' in spec ? [spec['scaleTargetRef']] : []))
        .map((target) => (target as { name: string }).name);
      expect(targets.toSorted()).toEqual(deployments.toSorted());
      expect(deployments).toContain('second-commerce');
    }
  });

  it('never take a replica away before another is ready', () => {
    for (const { spec } of ofKind('Deployment', objectsOf('rules'))) {
      expect(spec['strategy']).toEqual({
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
      });
      expect(spec['minReadySeconds']).toBeGreaterThan(0);
    }
    for (const { spec } of ofKind('PodDisruptionBudget', objectsOf('rules'))) {
      expect(spec).toMatchObject({ maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' });
    }
  });

  it('wait longer for a replica that stops than it takes', () => {
    const settings = { TRUSTED_PROXIES: '10.0.0.0/8', SHUTDOWN_TIMEOUT_MS: 61_500 };
    for (const pod of podsOf(objectsOf('rules', { settings })).slice(0, 2)) {
      expect(pod['terminationGracePeriodSeconds']).toBe(72);
    }
  });

  it('end only a replica that is stuck, and send requests to those that say they are ready', () => {
    const path = (probe: unknown) => (probe as { httpGet: { path: string } }).httpGet.path;
    for (const container of containersOf(objectsOf('rules')).slice(0, 2)) {
      expect(path(container['startupProbe'])).toBe('/health/live');
      expect(path(container['livenessProbe'])).toBe('/health/live');
      expect(path(container['readinessProbe'])).toBe('/health/ready');
    }
  });

  it('hold references to secrets and no secret, in files that the user of the image can read', () => {
    const objects = objectsOf('hand');
    for (const container of containersOf(objects)) {
      const environment = container['env'] as { name: string; value: string }[];
      for (const { name, value } of environment) {
        expect(Object.keys({ name, value })).toEqual(['name', 'value']);
        if (/PASSWORD|SECRET|TOKEN|_URL$/.test(name)) expect(name).toBe('SHOP_URL');
      }
      const files = environment.filter(({ name }) => name.endsWith('_FILE'));
      expect(files.map(({ name }) => name)).toContain('DATABASE_URL_FILE');
      for (const { name, value } of files) {
        expect(value).toBe(`/run/secrets/lockstep/${name.replace(/_FILE$/, '')}`);
      }
    }
    for (const pod of podsOf(objects)) {
      const volume = (pod['volumes'] as { name: string; projected?: unknown }[])[0];
      expect(volume).toMatchObject({ name: 'secrets', projected: { defaultMode: 0o440 } });
      expect(pod['securityContext']).toMatchObject({ fsGroup: 1000 });
    }
    expect(ofKind('Secret', objects)).toEqual([]);
  });

  it('give each role its own user of Redis and no other', () => {
    const [authoring, commerce] = ofKind('Deployment', objectsOf('rules')).map((object) =>
      JSON.stringify(object),
    );
    expect(commerce).toContain('commerce-url');
    expect(commerce).not.toContain('authoring-url');
    expect(authoring).not.toContain('commerce-url');
  });

  it('demand nothing that the restricted Pod Security Standard refuses', () => {
    for (const pod of podsOf(objectsOf('hand'))) {
      expect(pod).toMatchObject({
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 1000,
          seccompProfile: { type: 'RuntimeDefault' },
        },
      });
      expect(pod).not.toHaveProperty('hostNetwork');
    }
    for (const container of containersOf(objectsOf('hand'))) {
      expect(container['securityContext']).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
  });

  it('leave the command to the image, whose first process forwards the signal', () => {
    for (const container of containersOf(objectsOf('rules'))) {
      expect(container).not.toHaveProperty('command');
      expect([container['args']].flat().join(' ')).toMatch(/\bnode (--enable-source-maps )?dist\//);
    }
  });

  it('set memory aside whole and throttle no event loop', () => {
    for (const container of containersOf(objectsOf('rules'))) {
      const { requests, limits } = container['resources'] as Record<string, Record<string, string>>;
      expect(limits).toEqual({ memory: requests?.['memory'] });
    }
  });

  it('make another Job of another release, and the same of the same', () => {
    const first = jobOf(objectsOf('rules'))?.metadata.name;
    expect(jobOf(objectsOf('rules'))?.metadata.name).toBe(first);
    expect(jobOf(objectsOf('rules', { image: 'lockstep:0.2.0' }))?.metadata.name).not.toBe(first);
    expect(first).toMatch(/^lockstep-migrate-[0-9a-f]{10}$/);
  });

  it('make the demo shop only where it is asked for, with nothing of a person in a script', () => {
    expect(JSON.stringify(jobOf(objectsOf('rules')))).not.toContain('seed.js');
    const [container] = containersOf(ofKind('Job', objectsOf('hand')));
    const script = (container?.['args'] as string[] | undefined)?.[2] ?? '';
    expect(script).toContain('dist/tools/seed.js');
    expect(script).not.toContain('brien');
    // Kubernetes makes one $ of two.
    expect(script).toContain('"$$(cat /run/secrets/lockstep/staff_password)"');
  });

  it('tell a container what was said, whatever Kubernetes would make of it', () => {
    const settings = { TRUSTED_PROXIES: '10.0.0.0/8', SITE_NAME: 'north' };
    const authoring = {
      settings: { MAIL_FROM: '$(HOME) $$ <o@shop.example>' },
      secrets: { REDIS_URL: { secret: 'r', key: 'k' } },
    };
    const [container] = containersOf(objectsOf('cpu', { settings, authoring }));
    expect(container?.['env']).toContainEqual({
      name: 'MAIL_FROM',
      value: '$$(HOME) $$$$ <o@shop.example>',
    });
  });

  it('route what clients may ask for, and no metrics', () => {
    const routes = ofKind('HTTPRoute', objectsOf('rules'));
    expect(routes.map(({ metadata }) => metadata.name)).toEqual(['lockstep-commerce']);
    const paths = JSON.stringify(routes)
      .match(/"value":"[^"]*"/g)
      ?.map((match) => match.slice(9, -1));
    expect(paths).toEqual([
      '/socket.io',
      '/api',
      '/media',
      '/docs',
      '/openapi.json',
      '/health/site',
    ]);
  });

  it('send sockets to the port that says so, or back to their replica where polling is allowed', () => {
    const pushRules = (variant: Variant) =>
      ofKind('HTTPRoute', objectsOf(variant)).map(({ spec }) => (spec['rules'] as object[])[0]);
    const [plain] = pushRules('rules');
    expect(plain).toMatchObject({ backendRefs: [{ port: 8080 }], timeouts: { request: '0s' } });
    expect(plain).not.toHaveProperty('sessionPersistence');
    const sticky = pushRules('sticky');
    expect(sticky).toHaveLength(2);
    for (const rule of sticky) {
      expect(rule).toMatchObject({ sessionPersistence: { type: 'Cookie' } });
    }
    const [service] = ofKind('Service', objectsOf('rules'));
    expect(service?.spec['ports']).toContainEqual({
      name: 'push',
      port: 8080,
      targetPort: 'http',
      appProtocol: 'kubernetes.io/ws',
    });
  });
});

const folder = process.env['LOCKSTEP_KUBERNETES_SCHEMAS'] ?? '';
const keda = schemaInVariable('LOCKSTEP_KEDA_SCHEMA');
const gateway = schemaInVariable('LOCKSTEP_GATEWAY_SCHEMA');
const areThere = existsSync(folder) && keda.text !== undefined && gateway.text !== undefined;
const note = areThere
  ? ''
  : ' (skipped: LOCKSTEP_KUBERNETES_SCHEMAS names no folder, or LOCKSTEP_KEDA_SCHEMA or LOCKSTEP_GATEWAY_SCHEMA no file)';

/** By kind: the published schema. */
const schemaOf = (kind: string): ((object: object) => string[]) => {
  if (kind === 'ScaledObject') return customResourceErrors(keda.text ?? '');
  if (kind === 'HTTPRoute') return customResourceErrors(gateway.text ?? '');
  return kindErrors(readFileSync(join(folder, KIND_FILES[kind] ?? kind), 'utf8'));
};
const KIND_FILES: Readonly<Record<string, string>> = {
  Deployment: 'deployment-apps-v1.json',
  Service: 'service-v1.json',
  Job: 'job-batch-v1.json',
  PodDisruptionBudget: 'poddisruptionbudget-policy-v1.json',
  HorizontalPodAutoscaler: 'horizontalpodautoscaler-autoscaling-v2.json',
};

(areThere ? describe : describe.skip)(`manifests of a fleet${note}`, () => {
  const errorsByKind = new Map<string, (object: object) => string[]>();

  it.each(Object.keys(variants) as Variant[])('fit the published schemas: %s', (variant) => {
    const objects = objectsOf(variant);
    expect(objects.length).toBeGreaterThan(6);
    for (const object of objects) {
      const errorsOf = errorsByKind.get(object.kind) ?? schemaOf(object.kind);
      errorsByKind.set(object.kind, errorsOf);
      expect([object.kind, errorsOf(object)]).toEqual([object.kind, []]);
      // The check is one: what is not known is refused.
      expect(errorsOf({ ...object, spec: { ...object.spec, colour: 'red' } })).not.toEqual([]);
    }
  });
});
