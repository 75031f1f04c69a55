import { repriced } from './price-rule.js';
import type { RelativeList, RelativeRule } from './relative-list.js';

/** A list as it is evaluated. */
export type CompiledList = Pick<
  RelativeList,
  'code' | 'name' | 'currency' | 'customerGroup' | 'validFrom' | 'validUntil' | 'rule'
>;

/** Who asks for prices, in which currency, and when. */
export interface PriceFocus {
  readonly currency: string;
  readonly groups: readonly string[];
  /** By the clock of the database, in epoch milliseconds. */
  readonly at: number;
}

/** Why a price is what it is. */
export interface PriceReason {
  readonly list: string;
  readonly name: string;
  readonly rule: RelativeRule;
  /** What the rule was given. */
  readonly baseMinor: number;
}

/** What one piece costs somebody. */
export interface OfferedPrice {
  readonly amountMinor: number;
  /** null: it is the base price. */
  readonly reason: PriceReason | null;
}

/** The lists that hold, whoever asks. Pure. */
export function listsInForce(
  lists: readonly CompiledList[],
  { currency, at }: Omit<PriceFocus, 'groups'>,
): CompiledList[] {
  return lists.filter(
    (list) =>
      list.currency === currency &&
      (list.validFrom === null || at >= list.validFrom) &&
      (list.validUntil === null || at < list.validUntil),
  );
}

/**
 * What a base price becomes: by the first list that holds, is for a group of who asks, and makes a price of
 * it that there may be. The lists come with the highest priority first. Pure.
 */
export function offeredPrice(
  baseMinor: number,
  lists: readonly CompiledList[],
  focus: PriceFocus,
): OfferedPrice {
  const { currency, groups } = focus;
  for (const { code, name, customerGroup, rule } of listsInForce(lists, focus)) {
    if (!groups.includes(customerGroup)) continue;
    const before = { currency, amountMinor: baseMinor, compareAtMinor: null };
    const after = repriced(before, { ...rule, compareAt: 'previous' });
    if (after === undefined) continue;
    const { amountMinor } = after;
    return { amountMinor, reason: { list: code, name, rule, baseMinor } };
  }
  return { amountMinor: baseMinor, reason: null };
}
