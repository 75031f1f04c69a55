import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from './lib/run.mjs';
import { chooseSteps } from './lib/test-steps.mjs';

interface Operation {
  operationId?: string;
  summary?: string;
  security?: object[];
  responses: Record<string, unknown>;
}
interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, object> };
}
interface Verdict {
  readonly passed: boolean;
  readonly documents: number;
  readonly rules: readonly string[];
}

const DOCUMENT = 'docs/openapi/commerce.json';
const PATH = '/api/v1/stores/{store}';

/** Faults that a client of the document would meet, each by the rule that has to name it. */
const faults: Record<string, (document: Document, operation: Operation) => void> = {
  'operation-operationId': (_document, operation) => delete operation.operationId,
  'operation-summary': (_document, operation) => delete operation.summary,
  'security-defined': (_document, operation) => delete operation.security,
  'operation-4xx-response': (_document, { responses }) => {
    for (const status of Object.keys(responses)) {
      if (status.startsWith('4') || status === 'default') delete responses[status];
    }
  },
  'no-unused-components': ({ components }) => {
    components.schemas['Forgotten'] = { type: 'object' };
  },
};

/** The lint step of the API documents, in a folder that has nothing but its configuration and the documents. */
describe('npm run openapi', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lockstep-openapi-'));
    await cp(join(projectRoot, 'redocly.yaml'), join(folder, 'redocly.yaml'));
    await cp(join(projectRoot, 'docs/openapi'), join(folder, 'docs/openapi'), { recursive: true });
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is a step of npm test', () => {
    expect(chooseSteps([]).map(({ script }) => script)).toContain('openapi');
  });

  it('passes the committed documents', async () => {
    expect(await lint()).toEqual({ passed: true, documents: 2, rules: [] });
  });

  it.each(Object.keys(faults))('fails a document for %s', async (rule) => {
    const file = join(folder, DOCUMENT);
    const document = JSON.parse(await readFile(file, 'utf8')) as Document;
    faults[rule]!(document, document.paths[PATH]!['get']!);
    await writeFile(file, JSON.stringify(document));
    expect(await lint()).toEqual({ passed: false, documents: 2, rules: [rule] });
  });

  /** Runs the program of the script in the folder: how many documents it judged, and the rules they broke. */
  async function lint(): Promise<Verdict> {
    const { scripts } = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as {
      scripts: { openapi: string };
    };
    const words = scripts.openapi.replace('node tools/with-node.mjs ', '').split(' ');
    const [program = '', ...args] = words;
    const bin = join(projectRoot, 'node_modules/.bin', program);
    return new Promise((resolve) => {
      execFile(bin, [...args, '--format=json'], { cwd: folder }, (error, stdout) => {
        // One JSON text for each document, one after the other.
        const documents = stdout.split('"totals"').length - 1;
        const rules = [...stdout.matchAll(/"ruleId": "([^"]+)"/g)].map(([, rule = '']) => rule);
        resolve({ passed: error === null, documents, rules });
      });
    });
  }
});
