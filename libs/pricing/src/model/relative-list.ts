import { unsafeText, type RuleBreach } from '#libs/kernel';
import { priceRuleBreaches, type PriceRounding, type PriceShift } from './price-rule.js';

/** What a list makes of base prices. */
export interface RelativeRule {
  readonly shift: Exclude<PriceShift, { readonly kind: 'set' }>;
  readonly rounding: PriceRounding;
}

/** Prices for a group of customers that follow from the base prices of a currency. */
export interface RelativeListContent {
  /** Unique in the store. */
  readonly code: string;
  readonly name: string;
  readonly currency: string;
  /** Unique in the store and currency; the highest of those that hold is the one. */
  readonly priority: number;
  readonly customerGroup: string;
  /** Epoch milliseconds; null: since ever. */
  readonly validFrom: number | null;
  /** Epoch milliseconds, not included; null: for ever. */
  readonly validUntil: number | null;
  readonly rule: RelativeRule;
}

export interface RelativeList extends RelativeListContent {
  readonly id: string;
  readonly storeId: string;
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export const relativeListLimits = {
  codeLength: 60,
  nameLength: 200,
  groupLength: 60,
  priority: 1_000_000,
  /** Of a store; keeps the time that a cart takes to be priced within bounds. */
  lists: 200,
} as const;

/** Codes of base lists are made by the store itself. */
const CODE = /^(?!base-)[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** What is wrong with a list of a store with these currencies. */
export function relativeListBreaches(
  content: RelativeListContent,
  currencies: readonly string[],
): RuleBreach[] {
  const { code, name, currency, priority, customerGroup, validFrom, validUntil, rule } = content;
  const breaches = priceRuleBreaches({ ...rule, compareAt: 'previous' });
  const check = (isRight: boolean, path: string, message: string): void => {
    if (!isRight) breaches.push({ path, message });
  };
  const { codeLength, nameLength, groupLength, priority: most } = relativeListLimits;
  const isText = (text: string, longest: number): boolean =>
    text.length > 0 && text.length <= longest && unsafeText(text) === undefined;
  const isCode = code.length <= codeLength && CODE.test(code);
  check(isCode, 'code', `lower-case letters, digits and dashes, at most ${codeLength}, not base-`);
  check(isText(name, nameLength), 'name', `1 to ${nameLength} characters that can be seen`);
  check(isText(customerGroup, groupLength), 'customerGroup', 'the code of a group');
  check(currencies.includes(currency), 'currency', 'none of the store');
  const isPriority = Number.isSafeInteger(priority) && priority >= 1 && priority <= most;
  check(isPriority, 'priority', `a whole number from 1 to ${most}`);
  const isPeriod = validFrom === null || validUntil === null || validFrom < validUntil;
  check(isPeriod, 'validUntil', 'not after validFrom');
  return breaches;
}
