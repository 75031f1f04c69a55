import { formatMinor } from '#libs/kernel';
import { csvText } from './csv/csv-text.js';
import { neutraliseFormula } from './cells/formula-cell.js';
import type { ImportedProductContent, ImportedVariant } from './products/imported-product.js';
import { attributeColumn, productColumns, type ProductColumn } from './products/product-columns.js';

/** The columns of the classic export that carry something, in its order. */
const COLUMNS = [
  'handle',
  'title',
  'descriptionHtml',
  'vendor',
  'type',
  'tags',
  'published',
  'option1Name',
  'option1Value',
  'option2Name',
  'option2Value',
  'option3Name',
  'option3Value',
  'sku',
  'grams',
  'inventoryTracker',
  'inventoryQuantity',
  'inventoryPolicy',
  'price',
  'compareAtPrice',
  'barcode',
  'imageSrc',
  'imagePosition',
  'imageAlt',
  'variantImage',
  'seoTitle',
  'seoDescription',
  'status',
] as const satisfies readonly ProductColumn[];

type Cells = Partial<Record<(typeof COLUMNS)[number], string>>;

export interface ProductCsvWriterOptions {
  /** Codes that get a column of their own; attributes of other codes are left out. */
  readonly attributeCodes?: readonly string[];
}

/**
 * Writes products in the format the reader takes: reading the result gives the same content hashes.
 * Cells that a spreadsheet would run as a formula are neutralised. Yields text piece by piece, one
 * per product; holds one product.
 */
export async function* writeProductCsv(
  products: AsyncIterable<ImportedProductContent> | Iterable<ImportedProductContent>,
  options: ProductCsvWriterOptions = {},
): AsyncGenerator<string, void, undefined> {
  const attributeCodes = options.attributeCodes ?? [];
  yield csvText([
    [...COLUMNS.map((column) => productColumns[column][0]), ...attributeCodes.map(attributeColumn)],
  ]);
  for await (const product of products) {
    yield csvText(
      productRows(product).map((cells, row) => toRow(cells, row, product, attributeCodes)),
    );
  }
}

function toRow(
  cells: Cells,
  row: number,
  { attributes }: ImportedProductContent,
  attributeCodes: readonly string[],
): string[] {
  const valuesOf = (code: string): string =>
    attributes
      .filter((attribute) => attribute.code === code)
      .map(({ value }) => value)
      .join('; ');
  return [
    ...COLUMNS.map((column) => neutraliseFormula(cells[column] ?? '')),
    ...attributeCodes.map((code) => (row === 0 ? neutraliseFormula(valuesOf(code)) : '')),
  ];
}

function productRows(product: ImportedProductContent): Cells[] {
  const { handle, optionNames, variants, images } = product;
  const hasOptions = optionNames.length > 0;
  const names = hasOptions ? optionNames : ['Title'];
  const rows: Cells[] = [];
  for (let index = 0; index < Math.max(variants.length, images.length); index++) {
    const variant = variants[index];
    const image = images[index];
    const values = hasOptions ? (variant?.optionValues ?? []) : ['Default Title'];
    rows.push({
      handle,
      ...(index === 0 ? productCells(product) : {}),
      ...(index === 0 ? optionNameCells(names) : {}),
      ...(variant === undefined ? {} : { ...optionValueCells(values), ...variantCells(variant) }),
      ...(image === undefined
        ? {}
        : { imageSrc: image.url, imagePosition: String(index + 1), imageAlt: image.alt }),
    });
  }
  return rows;
}

function productCells(product: ImportedProductContent): Cells {
  const tags = product.attributes.filter(({ code }) => code === 'tag');
  return {
    title: product.title,
    descriptionHtml: product.descriptionHtml,
    vendor: product.brand ?? '',
    type: product.categoryPath.join(' > '),
    tags: tags.map(({ value }) => value).join(', '),
    published: product.status === 'active' ? 'TRUE' : 'FALSE',
    seoTitle: product.seoTitle ?? '',
    seoDescription: product.seoDescription ?? '',
    status: product.status,
  };
}

function optionNameCells([option1Name, option2Name, option3Name]: readonly string[]): Cells {
  return {
    option1Name: option1Name ?? '',
    option2Name: option2Name ?? '',
    option3Name: option3Name ?? '',
  };
}

function optionValueCells([option1Value, option2Value, option3Value]: readonly string[]): Cells {
  return {
    option1Value: option1Value ?? '',
    option2Value: option2Value ?? '',
    option3Value: option3Value ?? '',
  };
}

function variantCells(variant: ImportedVariant): Cells {
  const { compareAtMinor, currency } = variant;
  return {
    sku: variant.sku ?? '',
    grams: String(variant.weightGrams),
    inventoryTracker: variant.isStockTracked ? 'shopify' : '',
    inventoryQuantity: String(variant.onHand),
    inventoryPolicy: variant.stockPolicy,
    price: formatMinor(variant.priceMinor, currency),
    compareAtPrice: compareAtMinor === undefined ? '' : formatMinor(compareAtMinor, currency),
    barcode: variant.barcode ?? '',
    variantImage: variant.imageUrl ?? '',
  };
}
