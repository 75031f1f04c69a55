const evaluation = 'libs/pricing/src/model/offered-price.ts';
const evaluationSpec = 'libs/pricing/src/model/offered-price.spec.ts';
const editor = 'libs/pricing/src/authoring/relative-list/relative-list.editor.ts';
const checkoutSuite = 'libs/orders/src/storefront/price-list-checkout.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'price lists: one holds for everybody',
    promise: 'offeredPrice: by a list that is for a group of who asks',
    file: evaluation,
    replace: [['    if (!groups.includes(customerGroup)) continue;\n', '']],
    suites: [evaluationSpec],
  },
  {
    name: 'price lists: one holds at the instant at which it ends',
    promise: 'RelativeListContent: until, not included',
    file: evaluation,
    replace: [['at < list.validUntil', 'at <= list.validUntil']],
    suites: [evaluationSpec],
  },
  {
    name: 'price lists: one holds in every currency',
    promise: 'RelativeListContent: base prices of a currency',
    file: evaluation,
    replace: [['list.currency === currency &&', '']],
    suites: [evaluationSpec],
  },
  {
    name: 'price lists: one that makes no price hides those behind it',
    promise: 'offeredPrice: by the first list that makes a price that there may be',
    file: evaluation,
    replace: [['if (after === undefined) continue;', 'if (after === undefined) break;']],
    suites: [evaluationSpec],
  },
  {
    name: 'price lists: the reason names what it costs, not what it was made of',
    promise: 'PriceReason.baseMinor: what the rule was given',
    file: evaluation,
    replace: [['rule, baseMinor }', 'rule, baseMinor: amountMinor }']],
    suites: [evaluationSpec],
  },
  {
    name: 'price lists: a change voids nothing',
    promise: 'RelativeListEditor: carts are priced by another list as soon as it is committed',
    file: editor,
    replace: [['  tx.invalidate(pricingTags.lists(storeId));\n', '']],
    suites: [checkoutSuite],
  },
  {
    name: 'price lists: the tags of lists are missing in plans',
    promise: 'PriceListReader: names the lists of the store as its tag',
    file: 'libs/pricing/src/storefront/price-list.reader.ts',
    replace: [['[pricingTags.lists(storeId)]', '[`price-list:${storeId}`]']],
    suites: [checkoutSuite],
  },
  {
    name: 'price lists: two have one place',
    promise: 'RelativeListEditor: pricing.list-taken',
    file: editor,
    replace: [
      ['    throw pricingErrors.listTaken({ details: { currency, priority, list: code } });\n', ''],
    ],
    suites: [checkoutSuite],
  },
  {
    name: 'price lists: another store changes them',
    promise: 'RelativeListEditor: an id counts only within the store',
    file: 'libs/pricing/src/model/relative-list-rows.ts',
    replace: [
      ['WHERE store_id = ${storeId} AND rule_json', 'WHERE ${storeId} = ${storeId} AND rule_json'],
    ],
    suites: [checkoutSuite],
  },
  {
    name: 'price lists: a store has them without end',
    promise: 'relativeListLimits.lists keeps the time that a cart takes to be priced within bounds',
    file: 'libs/pricing/src/authoring/relative-list/relative-list.editor.ts',
    replace: [['if (lists.length >= relativeListLimits.lists) {', 'if (lists.length < 0) {']],
    suites: ['apps/authoring/src/pricing/price-lists-api.int-spec.ts'],
  },
];
