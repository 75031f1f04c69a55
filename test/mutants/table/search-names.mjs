const search = 'libs/search/src';
const key = `${search}/model/text/collation-key.ts`;
const keySpec = `${search}/model/text/collation-key.spec.ts`;

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'names: every language has the order of English',
    promise: 'collationKey: letters in the order of their alphabet',
    file: `${search}/model/index/segment-rows.ts`,
    replace: [['collationKey(name, locale)', "collationKey(name, 'en')"]],
    suites: [`${search}/model/index/name-order.spec.ts`],
    isQuick: true,
  },
  {
    name: 'names: numbers are in the order of their digits',
    promise: 'collationKey: numbers by their value',
    file: key,
    replace: [['String.fromCharCode(SPACE + number.length) + number', 'number']],
    suites: [keySpec],
  },
  {
    name: 'names: punctuation at the beginning counts',
    promise: 'collationKey: whatever is neither as nothing at the ends',
    file: key,
    replace: [["isApart = key !== '';", 'isApart = true;']],
    suites: [keySpec],
  },
  {
    name: 'names: letters of two characters are two letters',
    promise: 'letterLength: the longest letter of the alphabet',
    file: key,
    replace: [['length > 1; length -= 1', 'length > longest; length -= 1']],
    suites: [keySpec],
  },
];
