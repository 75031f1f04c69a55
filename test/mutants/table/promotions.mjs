const evaluation = 'libs/promotions/src/model/evaluate-promotions.ts';
const evaluationSpec = 'libs/promotions/src/model/evaluate-promotions.spec.ts';
const rewards = 'libs/promotions/src/model/reward-amounts.ts';
const rewardsSpec = 'libs/promotions/src/model/reward-amounts.spec.ts';
const uses = 'libs/promotions/src/model/promotion-uses.ts';
const offers = 'libs/promotions/src/storefront/promotion-offers.ts';
const editor = 'libs/promotions/src/authoring/promotion.editor.ts';
const checkoutSpec = 'libs/orders/src/storefront/promotion-checkout.int-spec.ts';
const limitsSpec = 'libs/orders/src/storefront/promotion-limits.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'promotions: an exclusive one applies beside others',
    promise: 'evaluatePromotions: an exclusive one applies only when it is the first that does',
    file: evaluation,
    replace: [['!(promotion.isExclusive || applied.isExclusive)', '!applied.isExclusive']],
    suites: [evaluationSpec],
    isQuick: true,
  },
  {
    name: 'promotions: limits of automatic promotions are ignored',
    promise: 'evaluatePromotions: what is used up does not apply, with a coupon or without',
    file: evaluation,
    replace: [
      [
        '  if (usedUp !== undefined) return usedUp;\n',
        '  if (usedUp !== undefined && promotion.needsCoupon) return usedUp;\n',
      ],
    ],
    suites: [evaluationSpec],
    isQuick: true,
  },
  {
    name: 'promotions: one is valid at the instant at which it ends',
    promise: 'PromotionContent: from inclusive, until exclusive',
    file: evaluation,
    replace: [['at >= validUntil', 'at > validUntil']],
    suites: [evaluationSpec],
    isQuick: true,
  },
  {
    name: 'promotions: an amount is read as per cent',
    promise: 'PromotionReward: an amount is what it says, whatever the price',
    file: rewards,
    replace: [
      [
        'return allocate(Math.min(reward.amountMinor, sum(left)), left);',
        'return allocate(Math.min(percentOf(sum(left), reward.amountMinor), sum(left)), left);',
      ],
    ],
    suites: [rewardsSpec],
    isQuick: true,
  },
  {
    name: 'promotions: a free piece takes more than is left of it',
    promise: 'rewardAmounts: of pieces, their share of what earlier promotions have left',
    file: rewards,
    replace: [
      [
        'return multiplyRounded(leftMinor, pieces, quantity);',
        'return pieces === 0 ? 0 : leftMinor + 0 * multiplyRounded(leftMinor, pieces, quantity);',
      ],
    ],
    suites: [rewardsSpec],
  },
  {
    name: 'promotions: a claim does not look at the limit',
    promise: 'PromotionUses: every limit is a condition of the statement that counts',
    file: uses,
    replace: [
      [
        'WHERE promotion_id = ${promotionId} AND uses < ${useLimit}`',
        'WHERE promotion_id = ${promotionId}`',
      ],
    ],
    suites: [limitsSpec],
  },
  {
    name: 'promotions: a claim does not look at the limit of a coupon',
    promise: 'PromotionUses: every limit is a condition of the statement that counts',
    file: uses,
    replace: [
      [
        'WHERE id = ${couponId} AND promotion_id = ${promotionId} AND uses < use_limit`',
        'WHERE id = ${couponId} AND promotion_id = ${promotionId}`',
      ],
    ],
    suites: [limitsSpec],
  },
  {
    name: 'promotions: a claim does not look at the limit of a customer',
    promise: 'PromotionUses: every limit is a condition of the statement that counts',
    file: uses,
    replace: [['      AND uses < ${customerUseLimit}`);', '`);']],
    suites: [limitsSpec],
  },
  {
    name: 'promotions: earlier orders are not asked about when a first order is placed',
    promise: 'PromotionUses: what is for the first order is checked in its unit of work',
    file: uses,
    replace: [['      if (await this.sources.hasOrdered(tx, buyer)) return false;\n', '']],
    suites: [checkoutSpec],
  },
  {
    name: 'promotions: a cancelled order keeps the uses of its coupon',
    promise: 'PromotionUses: what an order has used may be used again',
    file: uses,
    replace: [
      ['      if (couponId === null) continue;\n', '      if (couponId !== undefined) continue;\n'],
    ],
    suites: [limitsSpec],
  },
  {
    name: 'promotions: what has no limit is counted',
    promise: 'PromotionUses: a counter is touched only where there is a limit',
    file: uses,
    replace: [['  if (useLimit === null) return true;\n', '']],
    suites: [limitsSpec],
  },
  {
    name: 'promotions: a change does not void what carts are priced with',
    promise: 'PromotionEditor: a change holds on every replica as soon as it is committed',
    file: editor,
    replace: [
      [
        "      tx.invalidate(promotionsTags.promotions(store.id));\n      audit(tx, before.id, { action: 'promotions:promotion:update', before, after });",
        "      audit(tx, before.id, { action: 'promotions:promotion:update', before, after });",
      ],
    ],
    suites: [checkoutSpec],
  },
  {
    name: 'promotions: a limit that is set later counts from zero',
    promise: 'PromotionCountersRepository: a limit counts what was used before',
    file: 'libs/promotions/src/authoring/promotion-counters.repository.ts',
    replace: [['      SELECT ${id}, COUNT(*)\n', '      SELECT ${id}, 0 * COUNT(*)\n']],
    suites: [limitsSpec],
  },
  {
    name: 'promotions: a cart shows what is used up',
    promise: 'PromotionOffers: what has no use left does not apply',
    file: offers,
    replace: [
      [
        '    const usedUp = await this.state.usedUp(buyer, limited);',
        '    const usedUp = await this.state.usedUp(buyer, limited.slice(limited.length));',
      ],
    ],
    suites: [limitsSpec],
  },
  {
    name: 'orders: an order is placed without claiming what it uses',
    promise: 'Checkout: uses of promotions are claimed in the transaction of the order',
    file: 'libs/orders/src/storefront/order-placing.ts',
    replace: [
      [
        '    if (!(await this.uses.claim(tx, using, priced.promotions.uses))) {',
        '    if (!(await this.uses.claim(tx, using, []))) {',
      ],
    ],
    suites: [limitsSpec],
  },
  {
    name: 'promotions: a coupon that orders have used can be removed',
    promise: 'CouponEditor.remove: throws promotions.coupon-used when an order has used it',
    file: 'libs/promotions/src/authoring/coupon.editor.ts',
    replace: [
      ['if (await this.coupons.isUsed(tx, couponId)) throw promotionsErrors.couponUsed();', ''],
    ],
    suites: ['libs/orders/src/storefront/promotion-checkout.int-spec.ts'],
  },
  {
    name: 'promotions: a store has active ones without end',
    promise: 'promotionLimits.active keeps the time that a cart takes to be priced within bounds',
    file: 'libs/promotions/src/authoring/promotion.editor.ts',
    replace: [['if (active < promotionLimits.active) return;', 'if (active >= 0) return;']],
    suites: ['libs/promotions/src/authoring/coupons.int-spec.ts'],
  },
  {
    name: 'promotions: a cart takes coupons without end',
    promise: 'CartCoupons.add: throws carts.too-many-coupons',
    file: 'libs/carts/src/storefront/cart-coupons.ts',
    replace: [
      ['if (others.length >= promotionLimits.couponsOfCart) throw', 'if (others.length < 0) throw'],
    ],
    suites: ['libs/orders/src/storefront/promotion-checkout.int-spec.ts'],
  },
];
