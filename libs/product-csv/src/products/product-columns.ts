import type { CsvRow } from '../csv/csv-rows.js';
import type { ProductCsvLimits } from '../product-csv-limits.js';
import { quoteForMessage, type CsvFileProblem } from '../product-csv-problem.js';

/**
 * The columns that are read. The first name is the one of the classic export, which the writer
 * uses; the others are those of the newer template.
 */
export const productColumns = {
  handle: ['Handle', 'URL handle'],
  title: ['Title'],
  descriptionHtml: ['Body (HTML)', 'Description'],
  vendor: ['Vendor'],
  productCategory: ['Product Category'],
  type: ['Type'],
  tags: ['Tags'],
  published: ['Published', 'Published on online store'],
  option1Name: ['Option1 Name'],
  option1Value: ['Option1 Value'],
  option2Name: ['Option2 Name'],
  option2Value: ['Option2 Value'],
  option3Name: ['Option3 Name'],
  option3Value: ['Option3 Value'],
  sku: ['Variant SKU', 'SKU'],
  grams: ['Variant Grams', 'Weight value (grams)'],
  inventoryTracker: ['Variant Inventory Tracker', 'Inventory tracker'],
  inventoryQuantity: ['Variant Inventory Qty', 'Inventory quantity'],
  inventoryPolicy: ['Variant Inventory Policy', 'Continue selling when out of stock'],
  price: ['Variant Price', 'Price'],
  compareAtPrice: ['Variant Compare At Price', 'Compare-at price'],
  barcode: ['Variant Barcode', 'Barcode'],
  imageSrc: ['Image Src', 'Product image URL'],
  imagePosition: ['Image Position'],
  imageAlt: ['Image Alt Text'],
  variantImage: ['Variant Image', 'Variant image URL'],
  seoTitle: ['SEO Title'],
  seoDescription: ['SEO Description'],
  status: ['Status'],
} as const satisfies Record<string, readonly [string, ...string[]]>;

export type ProductColumn = keyof typeof productColumns;

const REQUIRED: readonly ProductColumn[] = ['handle', 'title', 'price'];

/** Known columns whose content has no place in the catalog. */
const IGNORED: ReadonlySet<string> = new Set([
  'gift card',
  'cost per item',
  'charge tax',
  'tax code',
  'fulfillment service',
  'requires shipping',
  'weight unit for display',
  'variant fulfillment service',
  'variant requires shipping',
  'variant taxable',
  'variant tax code',
  'variant weight unit',
  'unit price total measure',
  'unit price total measure unit',
  'unit price base measure',
  'unit price base measure unit',
]);
const IGNORED_FAMILY =
  /^(google shopping \/ |option[123] linked to$|included \/ |price \/ |compare at price \/ )/;

/** Metafields that are facts about the product; those of other applications are not. */
const ATTRIBUTE =
  /\(product\.metafields\.(?:shopify|custom|lockstep)\.([a-z0-9][a-z0-9_-]{0,63})\)$/;

/** Name of the column an attribute is written to and read from. */
export function attributeColumn(code: string): string {
  return `${code} (product.metafields.lockstep.${code})`;
}

export interface ProductCsvHeader {
  /** Number of cells every row has. */
  readonly width: number;
  readonly names: readonly string[];
  readonly index: Readonly<Partial<Record<ProductColumn, number>>>;
  readonly attributes: readonly { readonly code: string; readonly index: number }[];
  /** Columns of the format that are not read, as the file names them. */
  readonly ignored: readonly string[];
  /** Columns that are not part of the format, as the file names them. */
  readonly unknown: readonly string[];
}

const canonical = (name: string): string => name.trim().replace(/\s+/g, ' ').toLowerCase();

const columnByName: ReadonlyMap<string, ProductColumn> = new Map(
  (Object.keys(productColumns) as ProductColumn[]).flatMap((column) =>
    productColumns[column].map((name) => [canonical(name), column] as const),
  ),
);

/** Reads the header row, or says in one problem why the file cannot be imported. */
export function headerFromRow(
  { cells, lines: { first: line }, hasMalformedQuote }: CsvRow,
  limits: Pick<ProductCsvLimits, 'maxColumns' | 'maxColumnNameChars'>,
): ProductCsvHeader | CsvFileProblem {
  if (hasMalformedQuote) {
    const message = 'the header row has text behind a closing quote';
    return { code: 'header-malformed', line, message };
  }
  if (cells.length > limits.maxColumns) {
    const message = `the file has ${cells.length} columns; at most ${limits.maxColumns} are read`;
    return { code: 'columns-too-many', line, message };
  }
  const names = cells.map((cell) => cell.trim());
  const long = names.find((name) => name.length > limits.maxColumnNameChars);
  if (long !== undefined) {
    const message = `the column ${quoteForMessage(long)} has a name of more than ${limits.maxColumnNameChars} characters`;
    return { code: 'column-name-too-long', line, message };
  }
  const index: Partial<Record<ProductColumn, number>> = {};
  const attributes = new Map<string, number>();
  const ignored: string[] = [];
  const unknown: string[] = [];
  const duplicates = new Set<string>();
  names.forEach((name, position) => {
    const key = canonical(name);
    if (key === '') return;
    const column = columnByName.get(key);
    const attribute = ATTRIBUTE.exec(key)?.[1];
    if (column !== undefined) {
      if (index[column] !== undefined) duplicates.add(name);
      index[column] = position;
    } else if (attribute !== undefined) {
      if (attributes.has(attribute)) duplicates.add(name);
      attributes.set(attribute, position);
    } else {
      (IGNORED.has(key) || IGNORED_FAMILY.test(key) ? ignored : unknown).push(name);
    }
  });
  const missing = REQUIRED.filter((column) => index[column] === undefined);
  if (missing.length > 0) {
    const list = missing.map((column) => productColumns[column][0]).join(', ');
    return {
      code: 'columns-missing',
      line,
      message: `required columns are missing: ${list}`,
    };
  }
  if (duplicates.size > 0) {
    const message = `columns appear more than once: ${[...duplicates].join(', ')}`;
    return { code: 'columns-duplicate', line, message };
  }
  return {
    width: names.length,
    names,
    index,
    attributes: [...attributes].map(([code, position]) => ({ code, index: position })),
    ignored,
    unknown,
  };
}
