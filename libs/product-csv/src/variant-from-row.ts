import { parseMinor } from '#libs/kernel';
import { productLimits } from '#libs/kernel';
import type { ImportedVariant } from './imported-product.js';
import type { ProductColumn } from './product-columns.js';
import type { ReadingContext, RowCells } from './row-cells.js';

export const optionColumns = [
  { name: 'option1Name', value: 'option1Value' },
  { name: 'option2Name', value: 'option2Value' },
  { name: 'option3Name', value: 'option3Value' },
] as const satisfies readonly { name: ProductColumn; value: ProductColumn }[];

const variantColumns: readonly ProductColumn[] = [
  ...optionColumns.map(({ value }) => value),
  'sku',
  'price',
  'barcode',
];

/** Whether the row describes a variant; rows that only bring an image, or nothing, do not. */
export function hasVariant(cells: RowCells): boolean {
  return variantColumns.some((column) => !cells.isEmpty(column));
}

/** Reads the variant of a row; what is wrong with it is in the context's problems afterwards. */
export function variantFromRow(
  cells: RowCells,
  optionValues: readonly string[],
  { currency }: Pick<ReadingContext, 'currency'>,
): ImportedVariant {
  if (cells.isEmpty('price')) cells.report('price-missing', 'the variant has no price', 'price');
  return {
    optionValues,
    sku: cells.optionalText('sku'),
    barcode: cells.optionalText('barcode'),
    weightGrams: readGrams(cells),
    currency,
    priceMinor: readPrice(cells, 'price', currency) ?? 0,
    compareAtMinor: readPrice(cells, 'compareAtPrice', currency),
    onHand: readQuantity(cells),
    isStockTracked: !cells.isEmpty('inventoryTracker'),
    stockPolicy: readPolicy(cells),
  };
}

function readPrice(
  cells: RowCells,
  column: 'price' | 'compareAtPrice',
  currency: string,
): number | undefined {
  const text = cells.text(column);
  if (text === '') return undefined;
  const amount = parseMinor(text, currency);
  if (amount !== undefined && amount >= 0 && amount <= productLimits.amountMinor) return amount;
  cells.invalid('price-invalid', column, text, `must be an amount in ${currency} such as 49.90`);
  return undefined;
}

/** Whole grams: exports of other units hold fractions. */
function readGrams(cells: RowCells): number {
  const text = cells.text('grams');
  if (text === '') return 0;
  const grams = /^\d{1,9}(?:\.\d{1,12})?$/.test(text) ? Math.round(Number(text)) : Number.NaN;
  if (grams <= productLimits.weightGrams) return grams;
  cells.invalid(
    'weight-invalid',
    'grams',
    text,
    `must be a weight from 0 to ${productLimits.weightGrams}`,
  );
  return 0;
}

function readQuantity(cells: RowCells): number {
  const text = cells.text('inventoryQuantity');
  if (text === '') return 0;
  const quantity = /^-?\d{1,10}(?:\.0+)?$/.test(text) ? Number(text) : Number.NaN;
  // `+ 0` makes a negative zero an ordinary one.
  if (Math.abs(quantity) <= productLimits.onHand) return quantity + 0;
  cells.invalid('quantity-invalid', 'inventoryQuantity', text, 'must be a whole number');
  return 0;
}

function readPolicy(cells: RowCells): 'deny' | 'continue' {
  const text = cells.text('inventoryPolicy').toLowerCase();
  if (text === '' || text === 'deny') return 'deny';
  if (text === 'continue') return 'continue';
  cells.invalid('policy-invalid', 'inventoryPolicy', text, 'must be "deny" or "continue"');
  return 'deny';
}
