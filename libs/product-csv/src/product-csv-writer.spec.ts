import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { writeImportReport } from './import-report.js';
import { withContentHash, type ImportedProduct } from './products/imported-product.js';
import { readProductCsv } from './product-csv-reader.js';
import { writeProductCsv } from './product-csv-writer.js';
import { sanitiseHtml } from './cells/sanitise-html.js';

async function* bytesOf(content: Uint8Array | string): AsyncGenerator<Uint8Array> {
  yield typeof content === 'string' ? Buffer.from(content) : content;
}

async function read(content: Uint8Array | string): Promise<ImportedProduct[]> {
  const products: ImportedProduct[] = [];
  for await (const item of readProductCsv(() => bytesOf(content), { currency: 'EUR' })) {
    if (item.kind === 'product') products.push(item.product);
  }
  return products;
}

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

const ATTRIBUTES = { attributeCodes: ['diameter', 'fits'] };

describe('writeProductCsv', () => {
  it('writes what is read back with the same hashes', async () => {
    const products = await read(readFileSync('test/fixtures/products.csv'));
    const again = await read(await textOf(writeProductCsv(products, ATTRIBUTES)));
    expect(products.length).toBeGreaterThan(9);
    expect(again).toEqual(products);
  });

  it('keeps any product', async () => {
    const text = (maxLength: number) =>
      fc
        .oneof(
          fc.string({ unit: 'grapheme', minLength: 1, maxLength }),
          fc.constantFrom('=1', "'=1", '-5', '+x', '@a', 'a"b', 'a,b', "'x", "''-"),
        )
        .map((value) =>
          value
            .replace(/\p{Cc}/gu, '')
            .trim()
            .normalize('NFC')
            .replace(/\s+/g, ' '),
        )
        .filter((value) => value !== '');
    const word = text(12)
      .map((value) => value.replace(/[,;>]/g, '').trim())
      .filter((value) => value !== '');
    const optional = fc.option(text(12), { nil: undefined });
    const amount = fc.integer({ min: 0, max: 10 ** 9 });
    const content = fc
      .record({
        handle: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/),
        title: text(30),
        descriptionHtml: text(60).map((html) => sanitiseHtml(html).normalize('NFC')),
        brand: optional,
        categoryPath: fc.array(word, { maxLength: 3 }),
        status: fc.constantFrom('draft' as const, 'active' as const, 'archived' as const),
        seoTitle: optional,
        seoDescription: optional,
        attributes: fc.uniqueArray(
          fc.record({ code: fc.constantFrom('diameter', 'fits', 'tag'), value: word }),
          { selector: ({ code, value }) => `${code} ${value}`, maxLength: 5 },
        ),
        optionNames: fc.uniqueArray(word, {
          maxLength: 3,
          selector: (name) => name.toLowerCase(),
        }),
        images: fc.uniqueArray(
          fc.record({
            url: fc.webUrl().filter((url) => !/["<>\s\\]/.test(url)),
            alt: fc.oneof(fc.constant(''), text(9)),
          }),
          { selector: ({ url }) => url, maxLength: 4 },
        ),
        values: fc.uniqueArray(text(8), { minLength: 1, maxLength: 4 }),
        variant: fc.record({
          barcode: fc.option(fc.stringMatching(/^[0-9]{8,13}$/), { nil: undefined }),
          weightGrams: fc.integer({ min: 0, max: 100_000 }),
          currency: fc.constant('EUR'),
          priceMinor: amount,
          compareAt: fc.option(amount, { nil: undefined }),
          onHand: fc.integer({ min: -100, max: 100_000 }),
          isStockTracked: fc.boolean(),
          stockPolicy: fc.constantFrom('deny' as const, 'continue' as const),
        }),
      })
      .filter(({ optionNames }) => !(optionNames.length === 1 && optionNames[0] === 'Title'))
      .map(({ values, variant: { compareAt, ...variant }, attributes, ...rest }) => ({
        ...rest,
        attributes: attributes.toSorted((left, right) =>
          `${left.code}\u0000${left.value}` < `${right.code}\u0000${right.value}` ? -1 : 1,
        ),
        variants: (rest.optionNames.length === 0 ? values.slice(0, 1) : values).map(
          (value, index) => ({
            ...variant,
            compareAtMinor:
              compareAt !== undefined && compareAt > variant.priceMinor ? compareAt : undefined,
            sku: index === 0 ? undefined : `SKU-${index}`,
            imageUrl: rest.images[index]?.url,
            optionValues: rest.optionNames.map(() => value),
          }),
        ),
      }));
    await fc.assert(
      fc.asyncProperty(content, async (product) => {
        const expected = withContentHash(product);
        const csv = await textOf(writeProductCsv([product], ATTRIBUTES));
        expect(await read(csv)).toEqual([expected]);
      }),
      { numRuns: 100 },
    );
  });

  it('leaves no cell that a spreadsheet would run', async () => {
    const products = await read(readFileSync('test/fixtures/products.csv'));
    const csv = await textOf(writeProductCsv(products));
    expect(csv).toContain(",'=Formula One Cap,");
    expect(csv).not.toMatch(/(?:^|,)"?[=+@\t]/m);
  });
});

describe('writeImportReport', () => {
  it('writes one line per problem, harmless in a spreadsheet', async () => {
    const lines = [
      {
        line: 3,
        handle: 'a',
        column: 'Title',
        code: 'title-missing',
        message: 'no "title", sorry',
      },
      { line: 7, handle: '=cmd', code: 'handle-invalid', message: '+1' },
    ];
    expect(await textOf(writeImportReport(lines))).toBe(
      '\ufeffLine,Handle,Column,Code,Message\r\n' +
        '3,a,Title,title-missing,"no ""title"", sorry"\r\n' +
        "7,'=cmd,,handle-invalid,'+1\r\n",
    );
  });
});
