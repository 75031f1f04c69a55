import type { Store } from '#libs/stores';
import { promotionBreaches } from '../model/promotion-rules.js';
import type { PromotionContent } from '../model/promotion.js';
import { promotionsErrors } from '../model/promotions.errors.js';

/** Throws `promotions.promotion-invalid`, with everything that is wrong. */
export function assertPromotionRules(content: PromotionContent, { currencies }: Store): void {
  const errors = promotionBreaches(content, currencies);
  if (errors.length > 0) throw promotionsErrors.promotionInvalid({ details: { errors } });
}
