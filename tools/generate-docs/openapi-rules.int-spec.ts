import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
const run = promisify(execFile);

interface Operation {
  summary?: string;
  security?: unknown;
}
interface Document {
  servers: unknown[];
  paths: Record<string, Record<string, Operation>>;
}

/** What may be wrong with a document, and the rule that has to notice. */
const faults: [rule: string, plant: (document: Document) => void][] = [
  ['operation-summary', (document) => delete firstOperation(document).summary],
  ['security-defined', (document) => delete firstOperation(document).security],
  ['no-empty-servers', (document) => (document.servers = [])],
];

describe('npm run openapi', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lockstep-redocly-'));
    await mkdir(join(folder, 'docs/openapi'), { recursive: true });
    for (const path of ['redocly.yaml', ...documents]) await copyFile(path, join(folder, path));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('has nothing to say about the documents', async () => {
    expect(await lint()).toEqual({ code: 0, rules: [] });
  });

  it.each(faults)('fails by %s', async (rule, plant) => {
    for (const path of documents) {
      const document = JSON.parse(await readFile(path, 'utf8')) as Document;
      plant(document);
      await writeFile(join(folder, path), JSON.stringify(document));
    }
    expect(await lint()).toEqual({ code: 1, rules: [rule] });
  });

  /** Runs the program of the step, as the step does. */
  async function lint(): Promise<{ code: number; rules: (string | undefined)[] }> {
    const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as {
      scripts: Record<string, string>;
    };
    expect(scripts['openapi']).toBe('node tools/with-node.mjs redocly lint');
    const result = await run(process.execPath, [await redocly(), 'lint', '--format=json'], {
      cwd: folder,
    }).then(
      ({ stdout }) => ({ code: 0, stdout }),
      (error: { code: number; stdout: string }) => error,
    );
    // One JSON text for each document, one after the other.
    const rules = [...result.stdout.matchAll(/"ruleId": "([^"]+)"/g)].map(([, rule]) => rule);
    return { code: result.code, rules: [...new Set(rules)] };
  }
});

const documents = ['docs/openapi/commerce.json', 'docs/openapi/authoring.json'];

async function redocly(): Promise<string> {
  const manifest = createRequire(import.meta.url).resolve('@redocly/cli/package.json');
  const { bin } = JSON.parse(await readFile(manifest, 'utf8')) as { bin: Record<string, string> };
  return join(dirname(manifest), bin['redocly'] ?? '');
}

function firstOperation({ paths }: Document): Operation {
  const [path] = Object.values(paths);
  const [operation] = Object.values(path ?? {});
  if (operation === undefined) throw new Error('the document has no operation');
  return operation;
}
