import { describe, expect, it } from '@jest/globals';
import { compileRules } from '../rules/compile-rules.js';
import { LEAST_USES, levelOf, popularFirst, queriesBeginningWith } from './popular-queries.js';

describe('popular queries', () => {
  it('are those that were used several times, by levels, of one level by their text', () => {
    expect(
      [0, LEAST_USES - 1, LEAST_USES, 2 * LEAST_USES - 1, 2 * LEAST_USES].map(levelOf),
    ).toEqual([0, 0, 1, 1, 2]);
    const counted = [
      { query: 'once', useCount: 1 },
      { query: 'sofa', useCount: 6 },
      { query: 'lamp', useCount: 5 },
      { query: 'table', useCount: 40 },
    ];
    expect(popularFirst(counted)).toEqual(['table', 'lamp', 'sofa']);
  });

  it('are suggested by how they begin, folded, when they say more than was typed', () => {
    const popular = ['mobel', 'mobel holz', 'sofa mobel', 'mond'];
    expect(queriesBeginningWith(popular, ' Möb', [])).toEqual(['mobel', 'mobel holz']);
    expect(queriesBeginningWith(popular, 'Möbel', [])).toEqual(['mobel holz']);
    expect(queriesBeginningWith(popular, ' -,', [])).toEqual([]);
  });

  it('are not suggested when they have words that staff hide', () => {
    const popular = ['red sofa bed', 'red sofabed', 'red'];
    expect(queriesBeginningWith(popular, 'r', ['sofa'])).toEqual(['red sofabed', 'red']);
    expect(queriesBeginningWith(popular, 'r', ['sofa bed', 'red'])).toEqual([]);
    const hidden = compileRules([{ kind: 'hidden', words: ['緑茶'] }]).hidden;
    expect(queriesBeginningWith(['日本緑茶', '日本茶'], '日', hidden)).toEqual(['日本茶']);
  });
});
