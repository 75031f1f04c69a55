import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { problemsOf, productsOf, readItems } from '../test/read-items.js';
import { readProductCsv } from './product-csv-reader.js';

const HEADER =
  'Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Price,Variant Compare At Price,Variant Grams,Variant Inventory Qty,Variant Inventory Policy,Published,Status,Image Src,Image Position';
const names = HEADER.split(',');
const row = (cells: Readonly<Record<string, string>>): string =>
  names.map((name) => cells[name] ?? '').join(',');
const file = (...rows: readonly Readonly<Record<string, string>>[]): string =>
  [HEADER, ...rows.map(row)].join('\n');
const good = { Handle: 'a', Title: 'A', 'Variant Price': '1.00' };

describe('readProductCsv on files it cannot read', () => {
  it.each([
    ['nothing', '', '1   file-empty'],
    ['empty lines', '\n,,\n', '1   file-empty'],
    ['other columns', 'Name,Price in EUR\na,1', '1   columns-missing'],
    ['bars', 'Handle|Title|Variant Price\na|A|1', '1   columns-missing'],
    ['a column twice', 'Handle,Title,Variant Price,title\na,A,1,A', '1   columns-duplicate'],
    ['a broken header', 'Handle,"Title"x,Variant Price', '1   header-malformed'],
    ['too many columns', `Handle,Title,Variant Price${',x'.repeat(1000)}`, '1   columns-too-many'],
  ])('ends with one fatal error for %s', async (_, content, problem) => {
    const items = await readItems(content);
    expect(problemsOf(items)).toEqual([problem]);
    expect(items).toMatchObject([{ kind: 'error', isFatal: true }]);
  });

  it('names every missing column', async () => {
    const [error] = await readItems('SKU,Vendor\n1,2');
    expect(error).toMatchObject({
      message: expect.stringContaining('Handle, Title, Variant Price'),
    });
  });

  it('yields what comes in front of the break, and not the product that breaks off', async () => {
    const items = await readItems(
      `${file(good, { ...good, Handle: 'b' }, { ...good, Handle: 'c' })}\nd,"D`,
    );
    expect(productsOf(items).map(({ handle }) => handle)).toEqual(['a', 'b']);
    expect(items.at(-1)).toMatchObject({
      kind: 'error',
      isFatal: true,
      code: 'quote-unterminated',
      line: 5,
    });
  });

  it('stops when there are too many products', async () => {
    const rows = ['a', 'b', 'c', 'd'].map((handle) => ({ ...good, Handle: handle }));
    const items = await readItems(file(...rows), { limits: { maxProducts: 2 } });
    expect(productsOf(items).map(({ handle }) => handle)).toEqual(['a', 'b']);
    expect(items.at(-1)).toMatchObject({ isFatal: true, code: 'products-too-many', line: 4 });
  });

  it('passes on what the source throws', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(`${HEADER}\n`);
      throw new Error('disk gone');
    }
    const reading = (async () => {
      for await (const item of readProductCsv(broken, { currency: 'EUR' })) void item;
    })();
    await expect(reading).rejects.toThrow('disk gone');
  });
});

describe('readProductCsv on anything', () => {
  it('ends, without throwing, with items that do not depend on the chunks', async () => {
    const cell = fc.oneof(
      fc.constantFrom(
        '',
        'a',
        'A',
        'b',
        '1',
        '1.00',
        '-1',
        'true',
        'deny',
        'Title',
        'Default Title',
        '"',
        '"x',
        "'=1",
        '/i.png',
        '<b>',
        '\u00a0',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    const anyRow = fc.array(cell, { minLength: names.length - 1, maxLength: names.length + 1 });
    const content = fc
      .array(anyRow, { maxLength: 8 })
      .map((rows) => Buffer.from([HEADER, ...rows.map((cells) => cells.join(','))].join('\r\n')));
    const bytes = fc.oneof(content, fc.uint8Array({ maxLength: 200 }));
    await fc.assert(
      fc.asyncProperty(bytes, fc.integer({ min: 1, max: 50 }), async (input, size) => {
        const items = await readItems(input, {}, size);
        expect(items).toEqual(await readItems(input));
        const fatal = items.filter((item) => item.kind === 'error' && item.isFatal);
        expect(fatal.length).toBeLessThanOrEqual(1);
        if (fatal.length === 1) expect(items.at(-1)).toBe(fatal[0]);
      }),
      { numRuns: 100 },
    );
  });
});
