import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { readRules } from '#libs/scaling';
import {
  customResourceErrors,
  schemaInVariable,
} from '../../test/support/custom-resource-schema.js';
import { readTextFile } from '../read-text-file.js';
import { kedaManifests, kedaObjects, nomadBlocks } from './platform-manifests.js';

const path = fileURLToPath(new URL('../../docs/examples/scaling-rules.yaml', import.meta.url));
const rules = readRules(readTextFile(path));
const options = { name: 'lockstep', prometheusUrl: 'http://prometheus:9090', namespace: 'shop' };
const schema = schemaInVariable('LOCKSTEP_KEDA_SCHEMA');
const describeWithSchema = schema.text === undefined ? describe.skip : describe;

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

describeWithSchema(`manifests for KEDA${schema.note}`, () => {
  it('fit the schema that KEDA publishes', () => {
    const errorsOf = customResourceErrors(schema.text ?? '');
    for (const object of kedaObjects(rules, options)) expect(errorsOf(object)).toEqual([]);
    // The check is one: what KEDA does not know is refused.
    expect(errorsOf({ ...kedaObjects(rules, options)[0], spec: { colour: 'red' } })).not.toEqual(
      [],
    );
  });
});

describe('blocks for Nomad', () => {
  it('pass the wanted number through within the same range', () => {
    const text = nomadBlocks(rules);
    expect(text).toContain('min     = 2\n  max     = 12');
    expect(text).toContain('query  = "max(lockstep_desired_replicas{role=\\"commerce\\"})"');
    expect(text.match(/strategy "pass-through" \{\}/g)).toHaveLength(2);
  });
});
