import { amountOf, decimalOf, type Quantity } from '../index/quantity.js';

/** Amounts of a unit from the one to below the other, in millionths; undefined: whatever is below or above. */
export interface QuantityRange {
  readonly unit: string;
  readonly from: number | undefined;
  readonly below: number | undefined;
}

const NUMBER = String.raw`[-\u2212]?\d{1,9}(?:\.\d{1,6})?`;
const RANGE = new RegExp(
  `^(${NUMBER})?\\.\\.(?:(<?)(${NUMBER}))?\\s*([^\\d\\s.<][^\\d\\s]{0,11})?$`,
  'u',
);

/**
 * `10..20 mm`: from 10 to 20; `10..<20 mm`: to below 20; `10.. mm` and `..<20 mm`: without an end. Undefined for what
 * is none, or has nothing in it.
 */
export function parseRange(text: string): QuantityRange | undefined {
  const found = RANGE.exec(text.trim());
  if (found === null) return undefined;
  const [, first, isBelow, last, unit = ''] = found;
  const from = first === undefined ? undefined : amountOf(first);
  // Amounts are whole, so what is to be in it ends before the next one.
  const below = last === undefined ? undefined : amountOf(last) + (isBelow === '<' ? 0 : 1);
  if (from === undefined && below === undefined) return undefined;
  if (from !== undefined && below !== undefined && from >= below) return undefined;
  return { unit, from, below };
}

/** The one text of all that say the same. */
export function rangeText({ unit, from, below }: QuantityRange): string {
  const first = from === undefined ? '' : decimalOf(from);
  const last = below === undefined ? '' : `<${decimalOf(below)}`;
  return `${first}..${last}${unit === '' ? '' : ` ${unit}`}`;
}

export function isWithin({ unit, from, below }: QuantityRange, quantity: Quantity): boolean {
  return (
    quantity.unit === unit &&
    (from === undefined || quantity.amount >= from) &&
    (below === undefined || quantity.amount < below)
  );
}
