import { lineMatcher, type LineMatcher } from './line-matcher.js';
import type { ActivePromotion, PromotionCondition, PromotionReward } from './promotion.js';

/** A promotion with everything worked out that does not depend on a basket. */
export interface PreparedPromotion {
  readonly promotion: ActivePromotion;
  readonly conditions: readonly {
    readonly condition: PromotionCondition;
    readonly isMeant: LineMatcher;
  }[];
  readonly isRewarded: LineMatcher;
}

/** In the order in which they apply: by priority, the higher first, then by id. */
export function preparePromotions(promotions: readonly ActivePromotion[]): PreparedPromotion[] {
  return promotions
    .toSorted((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1))
    .map((promotion) => ({
      promotion,
      conditions: promotion.conditions.map((condition) => ({
        condition,
        isMeant: lineMatcher('items' in condition ? condition.items : { kind: 'all' }),
      })),
      isRewarded: lineMatcher(itemsOf(promotion.reward)),
    }));
}

/** Whether any of them asks for the categories of what is bought. */
export function askForCategories(promotions: readonly ActivePromotion[]): boolean {
  return promotions.some(
    ({ conditions, reward }) =>
      itemsOf(reward).kind === 'categories' ||
      conditions.some((each) => 'items' in each && each.items.kind === 'categories'),
  );
}

function itemsOf(reward: PromotionReward) {
  switch (reward.kind) {
    case 'item-free':
      return { kind: 'skus', skus: [reward.sku] } as const;
    case 'shipping':
      return { kind: 'all' } as const;
    default:
      return reward.items;
  }
}
