import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { readRules } from '#libs/scaling';
import { readTextFile } from '../read-text-file.js';
import { kedaManifests, kedaObjects, nomadBlocks } from './platform-manifests.js';

const path = fileURLToPath(new URL('../../docs/examples/scaling-rules.yaml', import.meta.url));
const rules = readRules(readTextFile(path));
const options = { prometheusUrl: 'http://prometheus:9090', namespace: 'shop' };
const schemaFile = process.env['LOCKSTEP_KEDA_SCHEMA'] ?? '';
const isThere = existsSync(schemaFile);
const describeWithSchema = isThere ? describe : describe.skip;

const crd = z.object({
  spec: z.object({
    versions: z.array(
      z.object({ schema: z.object({ openAPIV3Schema: z.record(z.string(), z.unknown()) }) }),
    ),
  }),
});

describe('manifests for KEDA', () => {
  it('guard each role by what any of its constraints allows, and ask for one number', () => {
    const [commerce, authoring] = parseAllDocuments(kedaManifests(rules, options)).map(
      (document) => document.toJS() as Record<string, unknown>,
    );
    expect(commerce).toMatchObject({
      metadata: { name: 'lockstep-commerce', namespace: 'shop' },
      spec: {
        minReplicaCount: 2,
        maxReplicaCount: 12,
        fallback: { replicas: 2, behavior: 'currentReplicasIfHigher' },
        triggers: [
          {
            metricType: 'AverageValue',
            metadata: { query: 'max(lockstep_desired_replicas{role="commerce"})', threshold: '1' },
          },
        ],
      },
    });
    expect(authoring).toMatchObject({ spec: { minReplicaCount: 1, maxReplicaCount: 4 } });
  });
});

describeWithSchema(
  `manifests for KEDA${isThere ? '' : ' (skipped: LOCKSTEP_KEDA_SCHEMA names no file)'}`,
  () => {
    it('fit the schema that KEDA publishes', () => {
      const { spec } = crd.parse(parse(readFileSync(schemaFile, 'utf8')));
      const schema = strict(spec.versions[0]?.schema.openAPIV3Schema);
      const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
      for (const object of kedaObjects(rules, options)) {
        validate(object);
        expect(validate.errors).toBeNull();
      }
      // The check is one: what KEDA does not know is refused.
      expect(validate({ ...kedaObjects(rules, options)[0], spec: { colour: 'red' } })).toBe(false);
    });
  },
);

describe('blocks for Nomad', () => {
  it('pass the wanted number through within the same range', () => {
    const text = nomadBlocks(rules);
    expect(text).toContain('min     = 2\n  max     = 12');
    expect(text).toContain('query  = "max(lockstep_desired_replicas{role=\\"commerce\\"})"');
    expect(text.match(/strategy "pass-through" \{\}/g)).toHaveLength(2);
  });
});

/** A schema of Kubernetes lets unknown fields pass, which the server then drops: here they are refused. */
function strict(schema: unknown): Record<string, unknown> {
  const refused = JSON.parse(JSON.stringify(schema), (_key, value: unknown) =>
    isObjectSchema(value) && !('additionalProperties' in value) && !isOpen(value)
      ? { ...value, additionalProperties: false }
      : value,
  ) as { properties: { metadata: object } };
  return { ...refused, properties: { ...refused.properties, metadata: { type: 'object' } } };
}

function isObjectSchema(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && 'properties' in value && 'type' in value;
}

function isOpen(value: Record<string, unknown>): boolean {
  return value['x-kubernetes-preserve-unknown-fields'] === true;
}
