const checks = 'libs/promotions/src/model/promotion-checks.ts';
const checksSpec = ['libs/promotions/src/model/promotion-checks.spec.ts'];
const offers = 'libs/promotions/src/storefront/promotion-offers.ts';
const suites = ['libs/carts/src/authoring/trying/promotion-trials.int-spec.ts'];

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'trials: limits are not among what a promotion asks for',
    promise: 'promotionChecks: everything that a promotion asks for',
    file: checks,
    replace: [["checked('limits', basket.usedUp.get(id))", "checked('limits', undefined)"]],
    suites: checksSpec,
    isQuick: true,
  },
  {
    name: 'trials: a condition that is not met is said to be',
    promise: 'promotionChecks: the first that is not met is that of evaluatePromotions',
    file: checks,
    replace: [
      [
        '...checked(condition.kind, unmetReason(condition, isMeant, basket)),',
        '...checked(condition.kind, undefined),',
      ],
    ],
    suites: checksSpec,
    isQuick: true,
  },
  {
    name: 'trials: what is stored of a promotion applies beside what is tried of it',
    promise: 'OfferTrial: in the place of what is stored of it',
    file: offers,
    replace: [['.filter(({ id }) => id !== trial.promotion.id)', '']],
    suites,
  },
  {
    name: 'trials: a promotion is tried without the others',
    promise: 'OfferTrial: among the others of the store',
    file: offers,
    replace: [
      ['[...others, trial.promotion]', '[...others.slice(others.length), trial.promotion]'],
    ],
    suites,
  },
  {
    name: 'trials: a coupon that is assumed counts for nothing',
    promise: 'OfferTrial.isCouponGiven: as if its coupon had been given',
    file: offers,
    replace: [
      [
        'if (trial?.isCouponGiven === true) couponPromotionIds',
        'if (trial === null) couponPromotionIds',
      ],
    ],
    suites,
  },
  {
    name: 'trials: carts of other stores are found',
    promise: 'CartRepository.getInStore: not one of another store',
    file: 'libs/carts/src/storefront/cart.repository.ts',
    replace: [
      [
        '`id = ${id} AND store_id = ${storeId} AND expires_at > ${now}`',
        '`id = ${id} AND store_id <> ${now} AND expires_at > ${now}`',
      ],
    ],
    suites,
  },
  {
    name: 'trials: what no cart would take is left out without a word',
    promise: 'ImaginedCarts: carts.items-refused',
    file: 'libs/carts/src/storefront/imagined-carts.ts',
    replace: [['if (refused.length > 0) throw', 'if (refused.length > 1_000) throw']],
    suites,
  },
  {
    name: 'trials: a way of shipping that nobody has is passed over',
    promise:
      'PromotionTrials: `carts.shipping-method-unknown`, which no cart of a shopper can have',
    file: 'libs/carts/src/authoring/trying/promotion-trials.ts',
    replace: [['if (cart.shippingMethod !== null) {', "if (cart.shippingMethod === '') {"]],
    suites,
  },
];
