// ISO 4217: every currency that is not written with two decimal places. The table is part of the
// product because Intl's digits follow usage and change between releases of Node.
const DIGITS: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
};

const CURRENCY_CODE = /^[A-Z]{3}$/;

/**
 * Number of decimal places a currency is written with, by ISO 4217: the same on every Node.
 * Throws a RangeError for what is no currency code.
 */
export function minorUnitDigits(currency: string): number {
  if (!CURRENCY_CODE.test(currency)) throw new RangeError(`not a currency code: ${currency}`);
  return Object.hasOwn(DIGITS, currency) ? (DIGITS[currency] as number) : 2;
}
