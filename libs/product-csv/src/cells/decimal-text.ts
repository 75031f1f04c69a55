/** Which sign the numbers of a file have before their decimal places; `mixed` when both occur. */
export type DecimalMark = '.' | ',' | 'mixed';

const SPACES = /[\s\u00a0\u2000-\u200a\u202f]+/g;
const SYMBOL = /^(?:[A-Za-z]{0,3}\p{Sc}|kr\.?|z\u0142|Ft|K\u010d|Rs\.?|Fr\.?|lei)$/iu;
/** Symbols that stand for one currency, so that they contradict every other. */
const OWN_SYMBOL: Readonly<Record<string, string>> = { '€': 'EUR', '₹': 'INR', '₩': 'KRW' };

interface NumberParts {
  readonly sign: string;
  readonly body: string;
}

/**
 * Reads a number as spreadsheets and exporters write it (`1.234,56`, `1,234.56`, `1 234,56`,
 * `1'234.50`, `€ 10`, `10 EUR`) as a plain decimal text such as `1234.56`; undefined for what is
 * none, or names another currency.
 *
 * One sign with three digits behind it (`1.234`) can be read in two ways. The file decides: `mark`
 * is what its other numbers have proven, and in a file of both kinds such a number is refused.
 */
export function plainDecimal(
  text: string,
  mark: DecimalMark,
  currency?: string,
): string | undefined {
  const parts = numberParts(text, currency);
  if (parts === undefined) return undefined;
  const { sign, body } = parts;
  const decimal = decimalMarkOf(body) ?? ambiguousMark(body, mark);
  if (decimal === 'refused') return undefined;
  const at = decimal === 'none' ? -1 : body.lastIndexOf(decimal);
  const whole = at < 0 ? body : body.slice(0, at);
  const fraction = at < 0 ? '' : body.slice(at + 1);
  if (!/^\d*$/.test(fraction)) return undefined;
  const digits = withoutGroups(whole, decimal);
  if (digits === undefined || (digits === '' && fraction === '')) return undefined;
  return `${sign}${digits === '' ? '0' : digits}${fraction === '' ? '' : `.${fraction}`}`;
}

/** What a number proves about its file: undefined when it could be read in two ways or has no sign. */
export function provenDecimalMark(text: string): '.' | ',' | undefined {
  const parts = numberParts(text, undefined);
  const mark = parts === undefined ? undefined : decimalMarkOf(parts.body);
  if (mark === '.' || mark === ',') return mark;
  // Several group signs of one kind (`1.234.567`) prove the other one.
  if (mark !== 'none' || parts === undefined) return undefined;
  if (/^\d{1,3}(?:\.\d{3}){2,}$/.test(parts.body)) return ',';
  return /^\d{1,3}(?:,\d{2,3}){2,}$/.test(parts.body) ? '.' : undefined;
}

function numberParts(text: string, currency: string | undefined): NumberParts | undefined {
  const flat = text.replace(SPACES, ' ').replaceAll('\u2019', "'").replaceAll('\u2212', '-').trim();
  const match = /^([-+]?) ?([^\d.,+-]*?) ?([-+]?)([.,]?\d[\d., ']*?) ?([^\d.,]*?)$/u.exec(flat);
  if (match === null) return undefined;
  const [, outer = '', before = '', inner = '', body = '', after = ''] = match;
  if (outer !== '' && inner !== '') return undefined;
  if (before !== '' && after !== '') return undefined;
  const unit = `${before}${after}`.trim();
  if (unit !== '' && !isUnit(unit, currency)) return undefined;
  return { sign: outer === '-' || inner === '-' ? '-' : '', body };
}

function isUnit(unit: string, currency: string | undefined): boolean {
  if (currency === undefined) return SYMBOL.test(unit) || /^[A-Z]{3}$/.test(unit);
  if (unit.toUpperCase() === currency) return true;
  const own = OWN_SYMBOL[unit];
  return SYMBOL.test(unit) && (own === undefined || own === currency);
}

/** The sign before the decimal places, where the number itself says which it is. */
function decimalMarkOf(body: string): '.' | ',' | 'none' | undefined {
  const points = body.split('.').length - 1;
  const commas = body.split(',').length - 1;
  if (points === 0 && commas === 0) return 'none';
  if (points > 0 && commas > 0) return body.lastIndexOf('.') > body.lastIndexOf(',') ? '.' : ',';
  if (points + commas > 1) return 'none';
  const sign = points === 1 ? '.' : ',';
  const [whole = '', fraction = ''] = body.split(sign);
  const isGroup = /^[1-9]\d{0,2}$/.test(whole) && fraction.length === 3;
  return isGroup ? undefined : sign;
}

function ambiguousMark(body: string, mark: DecimalMark): '.' | ',' | 'none' | 'refused' {
  if (mark === 'mixed') return 'refused';
  return body.includes(mark) ? mark : 'none';
}

function withoutGroups(whole: string, decimal: '.' | ',' | 'none'): string | undefined {
  if (/^\d*$/.test(whole)) return whole;
  for (const group of ['.', ',', ' ', "'"]) {
    if (group === decimal || !whole.includes(group)) continue;
    // India groups by two in front of the last three.
    const [first = '', ...rest] = whole.split(group);
    const last = rest.at(-1) ?? '';
    const inner = rest.slice(0, -1);
    const isGrouped =
      /^\d{1,3}$/.test(first) &&
      /^\d{3}$/.test(last) &&
      (inner.every((part) => /^\d{3}$/.test(part)) || inner.every((part) => /^\d{2}$/.test(part)));
    return isGrouped ? `${first}${rest.join('')}` : undefined;
  }
  return undefined;
}
