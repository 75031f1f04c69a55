import { describe, expect, it } from '@jest/globals';
import type { ImportedProduct } from './imported-product.js';
import type { ProductCsvLimits } from '../product-csv-limits.js';
import { readProductCsv } from '../product-csv-reader.js';

async function read(
  content: string,
  limits: Partial<ProductCsvLimits> = {},
): Promise<{ products: ImportedProduct[]; problems: string[] }> {
  async function* source(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(content);
  }
  const products: ImportedProduct[] = [];
  const problems: string[] = [];
  for await (const item of readProductCsv(source, { currency: 'EUR', limits })) {
    if (item.kind === 'product') products.push(item.product);
    if (item.kind !== 'error') continue;
    problems.push(`${item.line} ${item.handle ?? ''} ${item.column ?? ''} ${item.code}`);
  }
  return { products, problems };
}

const HEADER =
  'Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Price,Variant Compare At Price,Variant Grams,Variant Inventory Qty,Variant Inventory Policy,Published,Status,Image Src,Image Position';
const names = HEADER.split(',');
const row = (cells: Readonly<Record<string, string>>): string =>
  names.map((name) => cells[name] ?? '').join(',');
const file = (...rows: readonly Readonly<Record<string, string>>[]): string =>
  [HEADER, ...rows.map(row)].join('\n');
const good = { Handle: 'a', Title: 'A', 'Variant Price': '1.00' };

describe('rows of a product', () => {
  it.each([
    ['a price that is no amount', { 'Variant Price': '1.005' }, '2 a Variant Price price-invalid'],
    ['a negative price', { 'Variant Price': '-1' }, '2 a Variant Price price-invalid'],
    [
      'an enormous price',
      { 'Variant Price': '99999999999999.00' },
      '2 a Variant Price price-invalid',
    ],
    ['no price', { 'Variant Price': '', 'Variant SKU': 'S' }, '2 a Variant Price price-missing'],
    ['no variant', { 'Variant Price': '' }, '2 a Variant Price variant-missing'],
    [
      'a bad former price',
      { 'Variant Compare At Price': 'x' },
      '2 a Variant Compare At Price price-invalid',
    ],
    ['a bad weight', { 'Variant Grams': '-1' }, '2 a Variant Grams weight-invalid'],
    [
      'a fractional quantity',
      { 'Variant Inventory Qty': '1.5' },
      '2 a Variant Inventory Qty quantity-invalid',
    ],
    [
      'an unknown policy',
      { 'Variant Inventory Policy': 'maybe' },
      '2 a Variant Inventory Policy policy-invalid',
    ],
    ['an unknown truth', { Published: 'perhaps' }, '2 a Published boolean-invalid'],
    ['an unknown status', { Status: 'gone' }, '2 a Status status-invalid'],
    [
      'a script as image',
      { 'Image Src': 'javascript:alert(1)' },
      '2 a Image Src image-url-invalid',
    ],
    [
      'a bad position',
      { 'Image Src': '/a.png', 'Image Position': '0' },
      '2 a Image Position image-position-invalid',
    ],
    ['no title', { Title: ' ' }, '2 a Title title-missing'],
    ['a title too long', { Title: 'x'.repeat(256) }, '2 a Title cell-too-long'],
    ['no handle', { Handle: '' }, '2  Handle handle-missing'],
    [
      'a handle of 201 letters',
      { Handle: 'a'.repeat(201) },
      `2 ${'a'.repeat(201)} Handle handle-invalid`,
    ],
    ['a title that turns the writing', { Title: 'a\u202eb' }, '2 a Title text-unsafe'],
    [
      'an option without a name',
      { 'Option1 Value': 'Red' },
      '2 a Option1 Name option-name-missing',
    ],
    [
      'an option without a value',
      { 'Option1 Name': 'Colour' },
      '2 a Option1 Value option-value-missing',
    ],
  ])('rejects %s', async (_, change, problem) => {
    const { products, problems } = await read(
      file({ ...good, ...change }, { ...good, Handle: 'b' }),
    );
    expect(problems).toContain(problem);
    expect(products.map(({ handle }) => handle)).toEqual(['b']);
  });

  it('rejects variants that cannot be told apart, with the line of the second', async () => {
    const red = { ...good, 'Option1 Name': 'Colour', 'Option1 Value': 'Red', 'Variant SKU': 'S' };
    expect((await read(file(red, red))).problems).toEqual([
      '3 a Option1 Value variant-duplicate',
      '3 a Variant SKU sku-duplicate',
    ]);
  });

  it('rejects rows that contradict the first one', async () => {
    const red = { ...good, 'Option1 Name': 'Colour', 'Option1 Value': 'Red' };
    const other = { ...red, Title: 'B', 'Option1 Name': 'Size', 'Option1 Value': 'Blue' };
    expect((await read(file(red, other))).problems).toEqual([
      '3 a Title title-conflict',
      '3 a Option1 Name option-name-conflict',
    ]);
  });

  it('takes the second option when there is no first, a repeated title, other cases of a handle', async () => {
    const first = { ...good, 'Option2 Name': 'Size', 'Option2 Value': 'S' };
    const { products, problems } = await read(
      file(first, { ...good, Handle: ' A ', 'Option2 Value': 'M' }),
    );
    expect(problems).toEqual([]);
    expect(products).toMatchObject([
      {
        handle: 'a',
        optionNames: ['Size'],
        variants: [{ optionValues: ['S'] }, { optionValues: ['M'] }],
      },
    ]);
  });

  it('rejects a product with too many rows and goes on', async () => {
    const rows = Array.from({ length: 5 }, (_, index) => ({ ...good, 'Variant SKU': `S${index}` }));
    const { products, problems } = await read(file(...rows, { ...good, Handle: 'b' }), {
      maxRowsPerProduct: 4,
    });
    expect(problems).toEqual(['2 a  rows-too-many']);
    expect(products).toHaveLength(1);
  });
});
