import { productLimits, unsafeText, type RuleBreach } from '#libs/kernel';
import type {
  LineSelector,
  PromotionCondition,
  PromotionContent,
  PromotionReward,
} from './promotion.js';

/** Stated once, for schemas, rules and columns. */
export const promotionLimits = {
  nameLength: 200,
  priority: 1_000_000,
  conditions: 20,
  tiers: 20,
  /** SKUs, categories or groups in one list. */
  listed: 500,
  pieces: 9_999,
  percentPpm: 1_000_000,
  amountMinor: productLimits.amountMinor,
  uses: 1_000_000_000,
  /** Of a store; keeps the time that a cart takes to be priced within bounds. */
  active: 500,
  couponsOfCart: 10,
  couponsOfBatch: 10_000,
  prefixLength: 16,
} as const;

/** What is wrong with a promotion of a store with these currencies; empty when nothing is. */
export function promotionBreaches(
  content: PromotionContent,
  currencies: readonly string[],
): RuleBreach[] {
  const { name, priority, currency, validFrom, validUntil, conditions, reward } = content;
  const checks = new Checks();
  checks.expect(
    name.length > 0 && name.length <= promotionLimits.nameLength && unsafeText(name) === undefined,
    'name',
    `1 to ${promotionLimits.nameLength} characters that can be seen`,
  );
  checks.whole(priority, 'priority', 0, promotionLimits.priority);
  checks.limit(content.useLimit, 'useLimit');
  checks.limit(content.customerUseLimit, 'customerUseLimit');
  checks.expect(
    validFrom === null || validUntil === null || validFrom < validUntil,
    'validUntil',
    'not after validFrom',
  );
  checks.expect(
    currency === null || currencies.includes(currency),
    'currency',
    'none of the store',
  );
  checks.expect(
    currency !== null || !hasAmounts(content),
    'currency',
    'needed, since the promotion has amounts',
  );
  checks.count(conditions, 'conditions', 0, promotionLimits.conditions);
  conditions.forEach((condition, index) => {
    checkCondition(checks, condition, `conditions.${index}`);
  });
  checkReward(checks, reward);
  return checks.breaches;
}

class Checks {
  readonly breaches: RuleBreach[] = [];

  expect(isRight: boolean, path: string, message: string): void {
    if (!isRight) this.breaches.push({ path, message });
  }

  whole(value: number, path: string, least: number, most: number): void {
    const isRight = Number.isSafeInteger(value) && value >= least && value <= most;
    this.expect(isRight, path, `a whole number from ${least} to ${most}`);
  }

  amount(value: number, path: string): void {
    this.whole(value, path, 1, promotionLimits.amountMinor);
  }

  limit(value: number | null, path: string): void {
    if (value !== null) this.whole(value, path, 1, promotionLimits.uses);
  }

  count(list: readonly unknown[], path: string, least: number, most: number): void {
    this.expect(list.length >= least && list.length <= most, path, `${least} to ${most} of them`);
  }

  items(items: LineSelector, path: string): void {
    if (items.kind === 'skus') this.count(items.skus, `${path}.skus`, 1, promotionLimits.listed);
    if (items.kind === 'categories') {
      this.count(items.categoryIds, `${path}.categoryIds`, 1, promotionLimits.listed);
    }
  }
}

function checkCondition(checks: Checks, condition: PromotionCondition, path: string): void {
  switch (condition.kind) {
    case 'cart-total':
      checks.amount(condition.atLeastMinor, `${path}.atLeastMinor`);
      break;
    case 'items-total':
      checks.amount(condition.atLeastMinor, `${path}.atLeastMinor`);
      checks.items(condition.items, `${path}.items`);
      break;
    case 'quantity':
      checks.whole(condition.atLeast, `${path}.atLeast`, 1, promotionLimits.uses);
      checks.items(condition.items, `${path}.items`);
      break;
    case 'customer-group':
      checks.count(condition.groups, `${path}.groups`, 1, promotionLimits.listed);
      break;
    case 'first-order':
      break;
  }
}

function checkReward(checks: Checks, reward: PromotionReward): void {
  const percent = (value: number, path = 'reward.percentPpm'): void =>
    checks.whole(value, path, 1, promotionLimits.percentPpm);
  if ('items' in reward) checks.items(reward.items, 'reward.items');
  switch (reward.kind) {
    case 'percent':
      percent(reward.percentPpm);
      if (reward.atMostMinor !== null) checks.amount(reward.atMostMinor, 'reward.atMostMinor');
      break;
    case 'amount':
      checks.amount(reward.amountMinor, 'reward.amountMinor');
      break;
    case 'item-free':
      checks.expect(reward.sku.length > 0, 'reward.sku', 'needed');
      checks.whole(reward.quantity, 'reward.quantity', 1, promotionLimits.pieces);
      break;
    case 'shipping':
      percent(reward.percentPpm);
      break;
    case 'buy-get':
      percent(reward.percentPpm);
      checks.whole(reward.buy, 'reward.buy', 1, promotionLimits.pieces);
      checks.whole(reward.get, 'reward.get', 1, promotionLimits.pieces);
      break;
    case 'tiers': {
      checks.count(reward.tiers, 'reward.tiers', 1, promotionLimits.tiers);
      const from = reward.tiers.map(({ fromMinor }) => fromMinor);
      checks.expect(
        new Set(from).size === from.length,
        'reward.tiers',
        'each from an amount of its own',
      );
      reward.tiers.forEach((tier, index) => {
        checks.whole(
          tier.fromMinor,
          `reward.tiers.${index}.fromMinor`,
          0,
          promotionLimits.amountMinor,
        );
        percent(tier.percentPpm, `reward.tiers.${index}.percentPpm`);
      });
      break;
    }
  }
}

function hasAmounts({ conditions, reward }: PromotionContent): boolean {
  if (reward.kind === 'amount' || reward.kind === 'tiers') return true;
  if (reward.kind === 'percent' && reward.atMostMinor !== null) return true;
  return conditions.some((condition) => 'atLeastMinor' in condition);
}
