/** A number with the unit behind it, as it stands in a value of an attribute. */
export interface Quantity {
  /** In millionths: whole, so that nothing is rounded. */
  readonly amount: number;
  /** As it is written; empty where there is none. */
  readonly unit: string;
}

const MILLION = 1_000_000;
/** A minus sign as typesetting has it counts as well, and so do spaces that do not break. Units may have %°"'′″µ²³/ in them. */
const VALUE =
  /^([-\u2212]?\d{1,9}(?:[.,]\d{1,6})?)\s*([\p{L}%\u00B0"'\u2032\u2033\u00B5\u00B2\u00B3/]{0,12})$/u;
/** May as well be a thousand: it is no quantity. */
const THOUSANDS = /^[-\u2212]?\d{1,3},\d{3}$/;

/** What a value says; undefined when it is not one number with one unit. */
export function quantityOf(value: string): Quantity | undefined {
  const [, number = '', unit = ''] = VALUE.exec(value.trim()) ?? [];
  if (number === '' || THOUSANDS.test(number)) return undefined;
  return { amount: amountOf(number.replace(',', '.')), unit };
}

/** Of a decimal number with at most six places, with either minus sign. */
export function amountOf(decimal: string): number {
  // Not -0.
  return Math.round(Number(decimal.replace('−', '-')) * MILLION) + 0;
}

/** The number again: of up to 15 digits, so it is the one that was written. */
export function numberOf(amount: number): number {
  return Number(decimalOf(amount));
}

/** The shortest decimal number. */
export function decimalOf(amount: number): string {
  const digits = String(Math.abs(amount)).padStart(7, '0');
  const places = digits.slice(-6).replace(/0+$/, '');
  const sign = amount < 0 ? '-' : '';
  return `${sign}${digits.slice(0, -6)}${places === '' ? '' : `.${places}`}`;
}
