import { minorUnitDigits } from './currency-digits.js';

/** An amount in the smallest unit of its currency (cents for EUR, yen for JPY). */
export interface Money {
  /** Integer, safe (below 2^53). */
  readonly amount: number;
  /** ISO 4217 code, upper case. */
  readonly currency: string;
}

/**
 * Reads a decimal text such as `49.90` exactly, without floating point.
 * Returns undefined when the text is not a plain decimal number, has more places than the currency
 * knows (other than trailing zeros), or does not fit a safe integer.
 */
export function parseMinor(text: string, currency: string): number | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (match === null) return undefined;
  const [, sign = '', whole = '', rawFraction = ''] = match;
  const digits = minorUnitDigits(currency);
  const fraction = rawFraction.replace(/0+$/, '');
  if (fraction.length > digits) return undefined;
  const amount = Number(`${sign}${whole}${fraction.padEnd(digits, '0')}`);
  if (!Number.isSafeInteger(amount)) return undefined;
  return amount === 0 ? 0 : amount;
}

/** Writes minor units as a decimal text, the inverse of {@link parseMinor}. */
export function formatMinor(amountMinor: number, currency: string): string {
  const digits = minorUnitDigits(currency);
  const text = String(Math.abs(amountMinor)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  const sign = amountMinor < 0 ? '-' : '';
  return digits === 0 ? `${sign}${whole}` : `${sign}${whole}.${text.slice(-digits)}`;
}
