import { unsafeTextBreaches, type RuleBreach } from '#libs/kernel';

export interface StoreContent {
  readonly name: string;
  /** ISO 4217, at least one. */
  readonly currencies: readonly string[];
  /** BCP 47, at least one. */
  readonly locales: readonly string[];
  readonly defaultCurrency: string;
  readonly defaultLocale: string;
}

/** A shop with its own catalog: what it sells in, and in which languages. */
export interface Store extends StoreContent {
  readonly id: string;
  /** The name it has in URLs; never changes. */
  readonly code: string;
  readonly version: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

const STORE_CODE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const CURRENCY = /^[A-Z]{3}$/;
const LOCALE = /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?$/;

/** What is wrong with a store; empty when nothing is. */
export function storeBreaches(code: string, content: StoreContent): RuleBreach[] {
  const breaches = unsafeTextBreaches([['name', content.name]]);
  const check = (isRight: boolean, path: string, message: string): void => {
    if (!isRight) breaches.push({ path, message });
  };
  check(STORE_CODE.test(code) && code.length <= 60, 'code', 'lower-case letters, digits, dashes');
  check(content.name.trim() !== '' && content.name.length <= 200, 'name', '1 to 200 characters');
  for (const [path, values, pattern] of [
    ['currencies', content.currencies, CURRENCY],
    ['locales', content.locales, LOCALE],
  ] as const) {
    check(values.length > 0 && values.length <= 50, path, '1 to 50 entries');
    check(new Set(values).size === values.length, path, 'each entry once');
    for (const value of values) check(pattern.test(value), path, `not valid: ${value}`);
  }
  const { currencies, locales, defaultCurrency, defaultLocale } = content;
  check(currencies.includes(defaultCurrency), 'defaultCurrency', 'not among the currencies');
  check(locales.includes(defaultLocale), 'defaultLocale', 'not among the locales');
  return breaches;
}
