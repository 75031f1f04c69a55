import { parseMinor, productLimits } from '#libs/kernel';
import { booleanOf } from '../cells/boolean-text.js';
import type { ImportedVariant } from './imported-product.js';
import type { ProductColumn } from './product-columns.js';
import { readImageUrl } from './images-from-rows.js';
import type { ReadingContext, RowCells } from '../cells/row-cells.js';

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
  const priceMinor = readPrice(cells, 'price', currency) ?? 0;
  const compareAt = readPrice(cells, 'compareAtPrice', currency);
  return {
    optionValues,
    sku: cells.optionalText('sku'),
    barcode: cells.optionalText('barcode'),
    weightGrams: readGrams(cells),
    imageUrl: readImageUrl(cells, 'variantImage'),
    currency,
    priceMinor,
    // A price to compare with that is not above the price says nothing.
    compareAtMinor: compareAt !== undefined && compareAt > priceMinor ? compareAt : undefined,
    onHand: readQuantity(cells),
    isStockTracked: isTracked(cells),
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
  const plain = cells.decimal(column, currency);
  const amount = plain === undefined ? undefined : parseMinor(plain, currency);
  if (amount !== undefined && amount >= 0 && amount <= productLimits.amountMinor) return amount;
  cells.invalid('price-invalid', column, text, `must be an amount in ${currency} such as 49.90`);
  return undefined;
}

/** Whole grams: exports of other units hold fractions. */
function readGrams(cells: RowCells): number {
  const text = cells.text('grams');
  if (text === '') return 0;
  const grams = Math.round(Number(cells.decimal('grams') ?? Number.NaN));
  if (grams >= 0 && grams <= productLimits.weightGrams) return grams;
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
  const quantity = Number(cells.decimal('inventoryQuantity') ?? Number.NaN);
  // `+ 0` makes a negative zero an ordinary one.
  if (Number.isInteger(quantity) && Math.abs(quantity) <= productLimits.onHand) return quantity + 0;
  cells.invalid('quantity-invalid', 'inventoryQuantity', text, 'must be a whole number');
  return 0;
}

/** The cell names who tracks the stock, or says whether anybody does. */
function isTracked(cells: RowCells): boolean {
  const text = cells.text('inventoryTracker');
  return text !== '' && booleanOf(text) !== false;
}

function readPolicy(cells: RowCells): 'deny' | 'continue' {
  const text = cells.text('inventoryPolicy').toLowerCase();
  // The newer template asks whether selling goes on.
  const goesOn = booleanOf(text);
  if (goesOn !== undefined) return goesOn ? 'continue' : 'deny';
  if (text === '' || text === 'deny') return 'deny';
  if (text === 'continue') return 'continue';
  cells.invalid('policy-invalid', 'inventoryPolicy', text, 'must be "deny" or "continue"');
  return 'deny';
}
