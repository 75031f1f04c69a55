import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from '#libs/database';
import { describeOnEachDatabase } from '#libs/testing';
import { CatalogFixture } from '../../../test/catalog-fixture.js';
import { jobContextOn } from '../../../test/catalog-job-context.js';
import { ImportFixture } from '../../../test/import-fixture.js';

const HEADER = 'Handle,Title,Variant SKU,Variant Price,My notes';

/** `count` products, several batches long, with the SKUs and prices that are given by position. */
function fileOf(
  count: number,
  changes: Readonly<Record<number, { sku?: string; price?: string }>>,
): string {
  const rows = Array.from({ length: count }, (_, index) => {
    const { sku = '', price = '1.00' } = changes[index] ?? {};
    return `p-${String(index).padStart(4, '0')},Product ${index},${sku},${price},note`;
  });
  return [HEADER, ...rows].join('\n');
}

describeOnEachDatabase('ImportProductsHandler', (open) => {
  let catalog: CatalogFixture;
  let imports: ImportFixture;

  beforeAll(async () => {
    catalog = await CatalogFixture.open(open);
    imports = new ImportFixture(catalog);
  });

  afterAll(() => catalog.close());

  // Each product that is told of is in another batch than the one it clashes with.
  const clashes = [
    ['one SKU twice in the file', [], { 5: { sku: 'X' }, 150: { sku: 'X' }, 250: { sku: 'X' } }, 2],
    [
      'a SKU that a stored product gives up before',
      [{ 5: { sku: 'X' } }],
      { 5: { sku: 'Y' }, 150: { sku: 'X' } },
      0,
    ],
    [
      'a SKU that a stored product gives up behind',
      [{ 150: { sku: 'X' } }],
      { 5: { sku: 'X' }, 150: { sku: 'Y' } },
      1,
    ],
    [
      'a SKU that was given up, taken, and wanted again',
      [{ 5: { sku: 'X' } }],
      { 5: { sku: 'Y' }, 150: { sku: 'X' }, 250: { sku: 'X' }, 251: { sku: 'Y' } },
      2,
    ],
    [
      'a SKU of a product that is refused itself',
      [],
      { 5: { sku: 'A' }, 150: { sku: 'A' }, 151: { sku: 'B', price: 'x' }, 250: { sku: 'B' } },
      2,
    ],
    [
      'a chain of stored products',
      [{ 5: { sku: 'A' }, 150: { sku: 'B' }, 250: { sku: 'C' } }],
      {
        5: { sku: 'D' },
        150: { sku: 'A' },
        250: { sku: 'B' },
      },
      0,
    ],
  ] as const;

  it.each(clashes)(
    'foresees in a dry run what the run reports: %s',
    async (_, before, changes, rejected) => {
      const store = await catalog.addStore();
      for (const stored of before) await imports.import(store, fileOf(260, stored));
      const file = fileOf(260, changes);
      const dry = await imports.import(store, file, true);
      expect(dry.progress.rejected).toBe(rejected);
      const run = await imports.import(store, file);
      expect(dry.progress).toEqual(run.progress);
      expect(dry.report).toEqual(run.report);
      expect({ ...dry.result, importId: '', isDryRun: false }).toEqual({
        ...run.result,
        importId: '',
      });
    },
  );

  it('foresees the same when a dry run is continued by another', async () => {
    const store = await catalog.addStore();
    const file = fileOf(260, { 5: { sku: 'X' }, 250: { sku: 'X' } });
    const importId = await imports.upload(store, file, true);
    const context = jobContextOn(catalog.unitOfWork);
    let steps = 0;
    const dies = (): void => {
      steps += 1;
      if (steps === 2) throw new Error('the replica dies');
    };
    await expect(imports.run(importId, { ...context, progress: dies })).rejects.toThrow('dies');
    expect((await imports.outcome(importId)).progress).toMatchObject({ nextOrdinal: 200 });
    await imports.run(importId, context);
    const { progress, report } = await imports.outcome(importId);
    expect(progress).toMatchObject({ nextOrdinal: 260, created: 259, rejected: 1, issues: 2 });
    expect(report[1]).toContain('p-0250');
    expect(await imports.handles(store)).toEqual([]);
  });

  it('stores neither products nor progress of a batch that is not committed', async () => {
    const store = await catalog.addStore();
    const importId = await imports.upload(store, fileOf(150, { 3: { price: 'x' } }));
    const context = jobContextOn(catalog.unitOfWork);
    const aborts = (_name: string, work: Parameters<typeof context.step>[1]): Promise<boolean> =>
      catalog.unitOfWork.run(async (tx) => {
        await work(tx);
        throw new Error('the commit fails');
      });
    const failing = { ...context, step: aborts };
    await expect(imports.run(importId, failing)).rejects.toThrow('the commit fails');
    expect(await imports.handles(store)).toEqual([]);
    const aborted = await imports.outcome(importId);
    expect(aborted.progress).toMatchObject({ nextOrdinal: 0, created: 0, rejected: 0, issues: 0 });
    expect(aborted.report).toEqual([]);

    await imports.run(importId, context);
    expect(await imports.handles(store)).toHaveLength(149);
    const { progress } = await imports.outcome(importId);
    expect(progress).toMatchObject({ nextOrdinal: 150, created: 149, rejected: 1, issues: 2 });
  });

  it('continues behind the last batch of a run that died, and asks for related products once', async () => {
    const store = await catalog.addStore();
    const importId = await imports.upload(store, fileOf(260, {}));
    const context = jobContextOn(catalog.unitOfWork);
    const dies = (): void => {
      throw new Error('the replica dies');
    };
    await expect(imports.run(importId, { ...context, progress: dies })).rejects.toThrow('dies');
    expect(await imports.handles(store)).toHaveLength(100);
    await imports.run(importId, context);
    expect((await imports.outcome(importId)).progress).toMatchObject({
      nextOrdinal: 260,
      created: 260,
      unchanged: 0,
    });
    const jobs = await catalog.reader.query<{ payload_json: string }>(
      sql`SELECT payload_json FROM job WHERE name = 'rebuild-related-products'`,
    );
    expect(jobs.filter(({ payload_json: payload }) => payload.includes(store.id))).toHaveLength(1);
  });

  it('names the columns that are not read in the result and in the report', async () => {
    const store = await catalog.addStore();
    const { result, report } = await imports.import(store, fileOf(1, {}));
    expect(result).toMatchObject({ unreadColumns: ['My notes'], isComplete: true });
    expect(report).toEqual([expect.stringMatching(/^1,,My notes,column-unread,/)]);
  });

  it('keeps every variant of a product whose rows do not follow each other in the next file', async () => {
    const store = await catalog.addStore();
    const head = 'Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price';
    await imports.import(
      store,
      `${head},Variant Inventory Qty\ncup,Cup,Size,S,C-S,10.00,4\ncup,,,M,C-M,12.00,7`,
    );
    const before = await imports.variants(store);
    const next = await imports.import(
      store,
      `${head}\ncup,Cup,Size,S,C-S,10.00\nother,Other,,,,1.00\ncup,,,M,C-M,13.00`,
    );
    expect(next.report).toEqual([]);
    expect(next.progress).toMatchObject({ created: 1, updated: 1, rejected: 0 });
    const after = await imports.variants(store);
    expect(after.map(({ id, sku }) => ({ id, sku }))).toEqual(
      before.map(({ id, sku }) => ({ id, sku })),
    );
    expect(after.map(({ sku }) => sku)).toEqual(['C-M', 'C-S']);
  });
});
