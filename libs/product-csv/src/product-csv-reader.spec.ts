import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  readProductCsv,
  type ProductCsvItem,
  type ProductCsvOptions,
} from './product-csv-reader.js';

// Jest runs in the root of the repository.
const fixture = readFileSync('test/fixtures/products.csv');
const sharedFile = '../shared/data/apparel.csv';

async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size)
    yield bytes.subarray(start, start + size);
}

async function read(
  content: string | Uint8Array,
  options: Partial<ProductCsvOptions> = {},
  chunkSize = 65_536,
): Promise<ProductCsvItem[]> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const items: ProductCsvItem[] = [];
  for await (const item of readProductCsv(() => chunksOf(bytes, chunkSize), {
    currency: 'EUR',
    ...options,
  }))
    items.push(item);
  return items;
}

const products = (items: readonly ProductCsvItem[]) =>
  items.flatMap((item) => (item.kind === 'product' ? [item.product] : []));
const problems = (items: readonly ProductCsvItem[]) =>
  items.flatMap((item) =>
    item.kind === 'error'
      ? [`${item.line} ${item.handle ?? ''} ${item.column ?? ''} ${item.code}`]
      : [],
  );
async function productOf(handle: string) {
  const product = products(await read(fixture)).find((candidate) => candidate.handle === handle);
  if (product === undefined) throw new Error(`no product ${handle}`);
  return product;
}

describe('readProductCsv on a file with every oddity', () => {
  it('finds every product and every bad row, with its physical line', async () => {
    const items = await read(fixture);
    expect(
      items.map((item) =>
        item.kind === 'product'
          ? `${item.ordinal} ${item.product.handle} ${item.lines.first}-${item.lines.last}`
          : item.kind === 'error'
            ? `${item.ordinal} ${item.handle} ${item.line} ${item.code} ${item.column}`
            : `header ${item.line}`,
      ),
    ).toEqual([
      'header 1',
      '0 wiper-blade 2-2',
      '1 work-shirt 3-5',
      '2 brake-disc-280 6-9',
      '3 roof-box 11-13',
      '4 bad-price 14 price-invalid Variant Price',
      '5 engine-oil-5w30 15-16',
      '6 grüne-plakette 17-17',
      '7 formula-one 18-18',
      '8 old-battery 19-19',
      '9 short-row 20-20',
      '10 valve-cap 22-22',
      '11 tyre-lever 21-23',
      '12 last-line 24-24',
    ]);
  });

  it('says which columns it does not read', async () => {
    const [header] = await read(fixture);
    expect(header).toMatchObject({
      kind: 'header',
      unknownColumns: ['My notes'],
      ignoredColumns: expect.arrayContaining([
        'Gift Card',
        'Cost per item',
        'Variant Tax Code',
        'Google Shopping / MPN',
      ]),
    });
  });

  it('takes a product in one form without options', async () => {
    expect(await productOf('wiper-blade')).toEqual({
      handle: 'wiper-blade',
      title: 'Wiper Blade',
      descriptionHtml: 'Flat wiper blade.',
      brand: 'Nordwisch',
      categoryPath: [],
      status: 'active',
      seoTitle: undefined,
      seoDescription: undefined,
      attributes: [
        { code: 'tag', value: 'exterior' },
        { code: 'tag', value: 'wipers' },
      ],
      optionNames: [],
      variants: [
        {
          optionValues: [],
          sku: undefined,
          barcode: undefined,
          weightGrams: 0,
          currency: 'EUR',
          priceMinor: 1290,
          compareAtMinor: undefined,
          onHand: 1,
          isStockTracked: false,
          stockPolicy: 'deny',
        },
      ],
      images: [{ url: 'https://cdn.example.com/wiper.jpg', alt: '' }],
      contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('carries option names on to the rows that continue a product', async () => {
    const shirt = await productOf('work-shirt');
    expect(shirt.optionNames).toEqual(['Size']);
    expect(shirt.categoryPath).toEqual(['Clothing', 'Shirts']);
    expect(
      shirt.variants.map((one) => [
        one.optionValues,
        one.sku,
        one.weightGrams,
        one.onHand,
        one.priceMinor,
      ]),
    ).toEqual([
      [['Small'], undefined, 220, 4, 3990],
      [['Medium'], undefined, 230, 0, 3990],
      [['Large'], undefined, 241, -2, 4200],
    ]);
  });

  it('makes the description safe and keeps its line breaks', async () => {
    const disc = await productOf('brake-disc-280');
    expect(disc.descriptionHtml).toBe(
      '<h2>Vented</h2>\r\n<p>For 15" wheels</p>\n\r<a>Fit</a> &amp; <a href="https://example.com/?a=1&amp;b=2">guide</a>',
    );
    expect(disc.attributes).toEqual([{ code: 'diameter', value: '280' }]);
    expect(disc.variants[0]).toMatchObject({
      sku: 'HH-280',
      barcode: '4006381333931',
      weightGrams: 6200,
      priceMinor: 5900,
      compareAtMinor: 6900,
      onHand: 25,
      isStockTracked: true,
    });
  });

  it('orders images by position, those of variants last', async () => {
    const box = await productOf('roof-box');
    expect(box.variants).toHaveLength(1);
    expect(box.images).toEqual([
      { url: 'https://cdn.example.com/box-front.jpg', alt: 'From the front, closed' },
      { url: 'https://cdn.example.com/box-side.jpg', alt: 'From the side' },
      { url: 'https://cdn.example.com/box-open.jpg', alt: '' },
    ]);
    const oil = await productOf('engine-oil-5w30');
    expect(oil.images.map(({ url }) => url)).toEqual([
      'https://cdn.example.com/oil-1.png',
      'https://cdn.example.com/oil-5.png',
    ]);
  });

  it('reads status, policy, two options, repeated tags and protected formulas', async () => {
    expect(await productOf('engine-oil-5w30')).toMatchObject({
      status: 'draft',
      optionNames: ['Volume', 'Canister'],
      variants: [
        { optionValues: ['1 l', 'Plastic'], stockPolicy: 'continue', isStockTracked: true },
        { optionValues: ['5 l', 'Tin'], compareAtMinor: 4999 },
      ],
    });
    expect(await productOf('old-battery')).toMatchObject({
      status: 'archived',
      attributes: [
        { code: 'diameter', value: '20' },
        { code: 'diameter', value: '30' },
        { code: 'tag', value: 'A' },
        { code: 'tag', value: 'a' },
        { code: 'tag', value: 'b' },
      ],
    });
    expect(await productOf('formula-one')).toMatchObject({
      title: '=Formula One Cap',
      descriptionHtml: '-20 % until Sunday',
      brand: '@Racing',
    });
    expect(await productOf('grüne-plakette')).toMatchObject({
      title: 'Grüne Plakette „Größe 4“ 🚗',
      descriptionHtml: 'Für die Umweltzone.',
    });
  });

  it('gives the same items for every size of chunk, and a tail of them from an ordinal on', async () => {
    const all = await read(fixture);
    for (const size of [1, 7, 100, 1000]) expect(await read(fixture, {}, size)).toEqual(all);
    for (const startAt of [1, 4, 12, 13, 14]) {
      const tail = all.filter((item) => item.kind === 'header' || (item.ordinal ?? 0) >= startAt);
      expect(await read(fixture, { startAt })).toEqual(tail);
    }
  });
});

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
    const items = await read(content);
    expect(problems(items)).toEqual([problem]);
    expect(items).toMatchObject([{ kind: 'error', isFatal: true }]);
  });

  it('names every missing column', async () => {
    const [error] = await read('SKU,Vendor\n1,2');
    expect(error).toMatchObject({
      message: expect.stringContaining('Handle, Title, Variant Price'),
    });
  });

  it('yields what comes in front of the break, and not the product that breaks off', async () => {
    const items = await read(
      `${file(good, { ...good, Handle: 'b' }, { ...good, Handle: 'c' })}\nd,"D`,
    );
    expect(products(items).map(({ handle }) => handle)).toEqual(['a', 'b']);
    expect(items.at(-1)).toMatchObject({
      kind: 'error',
      isFatal: true,
      code: 'quote-unterminated',
      line: 5,
    });
  });

  it('stops when there are too many products', async () => {
    const rows = ['a', 'b', 'c', 'd'].map((handle) => ({ ...good, Handle: handle }));
    const items = await read(file(...rows), { limits: { maxProducts: 2 } });
    expect(products(items).map(({ handle }) => handle)).toEqual(['a', 'b']);
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
        const items = await read(input, {}, size);
        expect(items).toEqual(await read(input));
        const fatal = items.filter((item) => item.kind === 'error' && item.isFatal);
        expect(fatal.length).toBeLessThanOrEqual(1);
        if (fatal.length === 1) expect(items.at(-1)).toBe(fatal[0]);
      }),
      { numRuns: 100 },
    );
  });
});

const isShared = existsSync(sharedFile);
const reason = isShared ? '' : ` (skipped: ${sharedFile} is not there)`;

(isShared ? describe : describe.skip)(`readProductCsv on ${sharedFile}${reason}`, () => {
  it('reads all of it', async () => {
    const items = await read(readFileSync(sharedFile));
    expect(problems(items)).toEqual([]);
    expect(products(items)).toHaveLength(20);
    expect(items[0]).toMatchObject({ kind: 'header', unknownColumns: [] });
    expect(products(items)[1]).toMatchObject({
      handle: 'classic-varsity-top',
      optionNames: ['Size'],
      variants: [
        { optionValues: ['Small'], priceMinor: 6000 },
        { optionValues: ['Medium'], priceMinor: 6000 },
        { optionValues: ['Large'], priceMinor: 6000 },
      ],
    });
    expect(items.at(-1)).toMatchObject({ lines: { first: 23, last: 23 } });
  });
});
