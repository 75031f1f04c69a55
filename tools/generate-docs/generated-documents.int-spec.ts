import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { defineErrors } from '#libs/kernel';
import { readErrorTables } from './error-tables.js';
import { errorsDocument } from './errors.js';
import { openApiDocuments } from './openapi.js';

describe('docs/errors.md', () => {
  let libs: string;

  beforeEach(async () => {
    libs = await mkdtemp(join(tmpdir(), 'lockstep-errors-'));
  });

  afterEach(() => rm(libs, { recursive: true, force: true }));

  async function plant(path: string, source: string): Promise<void> {
    const file = join(libs, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, source);
  }

  const row = (code: string) => ({
    table: defineErrors({ some: { code, family: 'user', status: 404, title: 'Some' } }),
  });

  it('has the codes of every library', async () => {
    const { text } = await errorsDocument();
    for (const library of ['cache', 'catalog', 'database', 'http', 'identity', 'jobs', 'kernel']) {
      expect(text).toContain(`## ${library}\n`);
    }
    expect(text).toMatch(/^\| `http\.stale-version` +\| 412 +\| user +\| .+\|$/m);
  });

  it('cannot be made while a table is behind no door', async () => {
    await plant('shop/src/deep/shop.errors.ts', 'export const shopErrors = defineErrors({});');
    await plant('shop/src/shop.spec.ts', 'const table = defineErrors({});');
    await plant('till/src/till.ts', 'const tillErrors = defineErrors({});');
    await expect(readErrorTables(libs, async () => ({ other: {} }))).rejects.toThrow(
      /export shopErrors through a door of .*shop; declare every table of .*till\.ts as/,
    );
  });

  it('cannot be made while two tables share a code', async () => {
    await plant('shop/src/a.ts', 'export const table = defineErrors({});');
    await plant('till/src/b.ts', 'export const table = defineErrors({});');
    await expect(readErrorTables(libs, async () => row('shop.gone'))).rejects.toThrow(
      'the code shop.gone is used twice',
    );
    const definitions = await readErrorTables(libs, async (library) => row(`${library}.gone`));
    expect(definitions.map(({ code }) => code)).toEqual(['shop.gone', 'till.gone']);
  });
});

describe('docs/openapi', () => {
  it('has the routes of each role, and says nothing of where it was made', async () => {
    const [commerce, authoring] = await openApiDocuments();
    expect(Object.keys(pathsOf(commerce?.text))).toContain('/api/v1/stores/{store}/products');
    expect(Object.keys(pathsOf(authoring?.text))).toContain('/api/v1/jobs/{id}');
    for (const { text } of [commerce, authoring].filter((each) => each !== undefined)) {
      expect(text).not.toContain(hostname());
      expect(text).not.toContain('127.0.0.1');
      expect(JSON.parse(text)).toMatchObject({ servers: [{ url: '/' }] });
    }
    expect(await openApiDocuments()).toEqual([commerce, authoring]);
  });
});

function pathsOf(text = '{}'): Record<string, unknown> {
  return (JSON.parse(text) as { paths: Record<string, unknown> }).paths;
}
