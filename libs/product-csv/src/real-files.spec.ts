import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { productsOf, readItems } from '../test/read-items.js';
import type { ProductCsvOptions } from './product-csv-reader.js';

async function read(text: string | Uint8Array, options: Partial<ProductCsvOptions> = {}) {
  const items = await readItems(text, options);
  return {
    header: items.find((item) => item.kind === 'header'),
    products: productsOf(items),
    errors: items.flatMap((item) => (item.kind === 'error' ? [`${item.line} ${item.code}`] : [])),
  };
}

describe('files as other shops export them', () => {
  it('take the apostrophe off cells of digits', async () => {
    const { products } = await read(
      `Handle,Title,Variant SKU,Variant Price,Variant Barcode,Box Quantity (product.metafields.custom.box_quantity)
cup,Cup,'1001,10.00,'4006381333931,'16
`,
    );
    expect(products).toMatchObject([
      {
        variants: [{ sku: '1001', barcode: '4006381333931' }],
        attributes: [{ code: 'box_quantity', value: '16' }],
      },
    ]);
  });

  it('compare with nothing that is not above the price', async () => {
    const { products } = await read(
      `Handle,Title,Variant Price,Variant Compare At Price
a,A,10.00,0.00
b,B,10.00,10.00
c,C,10.00,5.00
d,D,10.00,12.00
`,
    );
    expect(products.map(({ variants }) => variants[0]?.compareAtMinor)).toEqual([
      undefined,
      undefined,
      undefined,
      1200,
    ]);
  });

  it('collect the rows of a product that do not follow each other', async () => {
    const { products, errors } = await read(
      `Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price
cup,Cup,Size,S,C-S,10.00
other,Other,,,,1.00
cup,,,M,C-M,13.00
`,
    );
    expect(errors).toEqual([]);
    expect(products.map(({ handle }) => handle)).toEqual(['other', 'cup']);
    expect(products[1]?.variants.map(({ sku }) => sku)).toEqual(['C-S', 'C-M']);
  });

  it('find the row that describes a product behind others of its rows', async () => {
    const { products, errors } = await read(
      `Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price
cup,,,M,C-M,9.00
cup,Cup,Size,S,C-S,10.00
`,
    );
    expect(errors).toEqual([]);
    expect(products).toMatchObject([{ title: 'Cup', variants: [{ sku: 'C-S' }, { sku: 'C-M' }] }]);
  });

  it('leave a product out as a whole when its rows find no room', async () => {
    const { products, errors } = await read(
      `Handle,Title,Variant Price,Option1 Name,Option1 Value
cup,Cup,10.00,Size,S
other,Other,1.00,,
cup,,13.00,,M
`,
      { limits: { maxScatteredChars: 5 } },
    );
    expect(errors).toEqual(['2 rows-scattered']);
    expect(products.map(({ handle }) => handle)).toEqual(['other']);
  });

  it('mean the same in any order of the rows of different products', async () => {
    const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8], { minLength: 9, maxLength: 9 });
    const rows = ['a', 'b', 'c'].flatMap((handle) =>
      ['S', 'M', 'L'].map((size) => `${handle},${handle},Size,${size},1.00`),
    );
    await fc.assert(
      fc.asyncProperty(order, fc.integer({ min: 0, max: 3 }), async (lines, startAt) => {
        const text = `Handle,Title,Option1 Name,Option1 Value,Variant Price\n${lines.map((at) => rows[at]).join('\n')}\n`;
        const { products } = await read(text);
        expect(products.map(({ handle }) => handle).toSorted()).toEqual(['a', 'b', 'c']);
        for (const { variants } of products) expect(variants).toHaveLength(3);
        expect((await read(text, { startAt })).products).toEqual(products.slice(startAt));
      }),
      { numRuns: 50 },
    );
  });

  it('keep the image of a variant', async () => {
    const { products } = await read(
      `Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src,Variant Image
cup,Cup,Size,S,C-S,10.00,https://x.example/a.jpg,https://x.example/s.jpg
cup,,,M,C-M,12.00,,https://x.example/m.jpg
`,
    );
    expect(products[0]?.variants.map(({ imageUrl }) => imageUrl)).toEqual([
      'https://x.example/s.jpg',
      'https://x.example/m.jpg',
    ]);
    expect(products[0]?.images.map(({ url }) => url)).toEqual([
      'https://x.example/a.jpg',
      'https://x.example/s.jpg',
      'https://x.example/m.jpg',
    ]);
  });

  it('may lack cells at the end of a row', async () => {
    const { products, errors } = await read(
      `Handle,Title,Variant Price,Variant SKU,Status
cup,Cup,10.00
mug,Mug,5.00,M-1,active
`,
    );
    expect(errors).toEqual([]);
    expect(products.map(({ handle }) => handle)).toEqual(['cup', 'mug']);
  });

  it('have columns that are not read, which are named', async () => {
    const { header } = await read(
      `Handle,Title,Variant Price,Varient Barcode,Option4 Value
cup,Cup,10.00,4006381333931,XL
`,
    );
    expect(header).toMatchObject({ unknownColumns: ['Varient Barcode', 'Option4 Value'] });
  });

  it('name products with any sign', async () => {
    const { products } = await read('Handle,Title,Price\na/b & ü™,A,1\nブレーキ,B,2\n');
    expect(products.map(({ handle }) => handle)).toEqual(['a/b & ü™', 'ブレーキ']);
  });

  it('decide by all their numbers how one of them is read', async () => {
    const prices = async (...cells: string[]) => {
      const rows = cells.map((cell, index) => `p${index},P,"${cell}"`);
      const { products, errors } = await read(`Handle,Title,Price\n${rows.join('\n')}\n`);
      return [...products.map(({ variants }) => variants[0]?.priceMinor), ...errors];
    };
    expect(await prices('1.234', '5,50')).toEqual([123_400, 550]);
    expect(await prices('1,234', '5.50')).toEqual([123_400, 550]);
    expect(await prices('1.500')).toEqual([150]);
    expect(await prices('1.500', '5,50', '6.50')).toEqual([550, 650, '2 price-invalid']);
  });

  it('are refused when the name of a column is too long to be reported', async () => {
    const { errors } = await read(`Handle,Title,Price,${'x'.repeat(201)}\na,A,1\n`);
    expect(errors).toEqual(['1 column-name-too-long']);
  });

  it.each([
    ['HUF', [499_000, 499_050, 499_000]],
    ['COP', [499_000, 499_050, 499_000]],
    ['IDR', [499_000, 499_050, 499_000]],
    ['PKR', [499_000, 499_050, 499_000]],
    ['RSD', [499_000, 499_050, 499_000]],
    ['LBP', [499_000, 499_050, 499_000]],
    ['IQD', [4_990_000, 4_990_500, 4_990_000]],
    ['KWD', [4_990_000, 4_990_500, 4_990_000]],
    ['JPY', [4_990, '3 price-invalid', 4_990]],
  ])('have prices in %s by ISO 4217', async (currency, expected) => {
    const { products, errors } = await read(
      `Handle,Title,Variant Price
huf1,whole,4990
huf2,with two decimals,4990.50
huf3,with zeros,4990.00
`,
      { currency },
    );
    const amounts = products.map(({ variants }) => variants[0]?.priceMinor);
    expect(new Set<unknown>([...amounts, ...errors])).toEqual(new Set<unknown>(expected));
  });

  it('are read through however many rows they have', async () => {
    const rows = Array.from({ length: 100_000 }, (_, at) => `p${at % 50_000},P,O,${at},1`);
    const { products, errors } = await read(
      `Handle,Title,Option1 Name,Option1 Value,Price\r\n${rows.join('\r\n')}\r\n`,
    );
    expect(errors).toEqual([]);
    expect(products).toHaveLength(50_000);
    expect(products.every(({ variants }) => variants.length === 2)).toBe(true);
  });

  it('may have semicolons between cells and commas in numbers', async () => {
    const { products, errors } = await read(
      'Handle;Title;Tags;Variant Price;Variant Grams\ncup;Cup;a, b;1.234,56;1.500\n',
    );
    expect(errors).toEqual([]);
    expect(products).toMatchObject([
      {
        title: 'Cup',
        attributes: [{ value: 'a' }, { value: 'b' }],
        variants: [{ priceMinor: 123_456, weightGrams: 1500 }],
      },
    ]);
  });

  it('may be what spreadsheets save as Unicode text: UTF-16 with tabs', async () => {
    const text = '\ufeffHandle\tTitle\tVariant Price\r\ncafé\t"Café ""Crème"""\t4,50\r\n';
    const { products, errors } = await read(Buffer.from(text, 'utf16le'));
    expect(errors).toEqual([]);
    expect(products).toMatchObject([
      { handle: 'café', title: 'Café "Crème"', variants: [{ priceMinor: 450 }] },
    ]);
  });

  it('leave a product out whose attribute holds what cannot be seen', async () => {
    const { products, errors } = await read(
      'Handle,Title,Variant Price,Fit (product.metafields.custom.fit)\ncup,Cup,1.00,a\u202eb\n',
    );
    expect(products).toEqual([]);
    expect(errors).toEqual(['2 text-unsafe']);
  });

  it('are the classic export: one form, flags in lower case, rows that only add a variant', async () => {
    const { products, errors, header } = await read(
      `Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant Grams,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Image Src,Gift Card,Variant Weight Unit
blue-shirt,Blue Shirt,Cotton with a narrow collar. ,demo,,men,true,Title,Default Title,0,1,deny,50,https://x.example/a.jpg,false,kg
varsity-top,Varsity Top,"Grey, with a letter. ",demo,,women,true,Size,Small,0,12,deny,60,https://x.example/b.jpg,false,kg
varsity-top,,,,,,,,Medium,0,10,deny,60,,,kg
`,
    );
    expect(errors).toEqual([]);
    expect(header).toMatchObject({
      ignoredColumns: ['Gift Card', 'Variant Weight Unit'],
      unknownColumns: [],
    });
    expect(products).toMatchObject([
      {
        descriptionHtml: 'Cotton with a narrow collar.',
        status: 'active',
        optionNames: [],
        variants: [{ optionValues: [], priceMinor: 5000, onHand: 1 }],
      },
      {
        descriptionHtml: 'Grey, with a letter.',
        optionNames: ['Size'],
        variants: [
          { optionValues: ['Small'], onHand: 12 },
          { optionValues: ['Medium'], onHand: 10 },
        ],
        images: [{ url: 'https://x.example/b.jpg' }],
      },
    ]);
  });
});
