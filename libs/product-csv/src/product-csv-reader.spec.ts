import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { problemsOf, productsOf, readItems } from '../test/read-items.js';

// Jest runs in the root of the repository.
const fixture = readFileSync('test/fixtures/products.csv');
const sharedFile = '../shared/data/apparel.csv';

async function productOf(handle: string) {
  const product = productsOf(await readItems(fixture)).find(
    (candidate) => candidate.handle === handle,
  );
  if (product === undefined) throw new Error(`no product ${handle}`);
  return product;
}

describe('readProductCsv on a file with every oddity', () => {
  it('finds every product and every bad row, with its physical line', async () => {
    const items = await readItems(fixture);
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
    const [header] = await readItems(fixture);
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
    const all = await readItems(fixture);
    for (const size of [1, 7, 100, 1000]) expect(await readItems(fixture, {}, size)).toEqual(all);
    for (const startAt of [1, 4, 12, 13, 14]) {
      const tail = all.filter((item) => item.kind === 'header' || (item.ordinal ?? 0) >= startAt);
      expect(await readItems(fixture, { startAt })).toEqual(tail);
    }
  });
});
const isShared = existsSync(sharedFile);
const reason = isShared ? '' : ` (skipped: ${sharedFile} is not there)`;

(isShared ? describe : describe.skip)(`readProductCsv on ${sharedFile}${reason}`, () => {
  it('reads all of it', async () => {
    const items = await readItems(readFileSync(sharedFile));
    expect(problemsOf(items)).toEqual([]);
    expect(productsOf(items)).toHaveLength(20);
    expect(items[0]).toMatchObject({ kind: 'header', unknownColumns: [] });
    expect(productsOf(items)[1]).toMatchObject({
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
