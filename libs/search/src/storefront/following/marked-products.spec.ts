import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MarkedProducts } from './marked-products.js';

function markedOf(...transactions: readonly (readonly string[])[]): MarkedProducts {
  const marked = new MarkedProducts();
  for (const ids of transactions) marked.add(ids);
  return marked;
}

const transactions = fc.array(
  fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), { maxLength: 4 }),
  {
    maxLength: 8,
  },
);

/** All that is connected with one of the ids, by looking again and again. */
function connected(all: readonly (readonly string[])[], ids: readonly string[]): Set<string> {
  const found = new Set(ids);
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const each of all)
      if (each.some((id) => found.has(id))) for (const id of each) found.add(id);
  }
  return found;
}

describe('marked products', () => {
  it('keep together what was changed together', () => {
    const newer = markedOf(['b', 'x']);
    const settled = markedOf(['a', 'b'], ['c', 'd'], ['d', 'e'], ['f']).settle(newer);
    expect([...settled].toSorted()).toEqual(['c', 'd', 'e', 'f']);
    expect(newer.ids.toSorted()).toEqual(['a', 'b', 'x']);
    expect(markedOf(['x'], ['a']).settle(newer)).toEqual(new Set());
  });

  it('leave out each group that newer marks run into, whole, and nothing else', () => {
    fc.assert(
      fc.property(transactions, transactions, (older, given) => {
        const marked = markedOf(...older);
        const newer = markedOf(...given);
        const overtaken = connected(
          older,
          newer.ids.filter((id) => marked.has(id)),
        );
        const settled = marked.settle(newer);
        expect(settled).toEqual(new Set(older.flat().filter((id) => !overtaken.has(id))));
        expect(new Set(newer.ids)).toEqual(new Set([...given.flat(), ...overtaken]));
        // What was given over is in the groups of what ran into it.
        const again = newer.settle(markedOf(['a']));
        const group = connected(
          [...given, ...older.filter((ids) => overtaken.has(ids[0] ?? ''))],
          ['a'],
        );
        const isMarked = given.flat().includes('a') || overtaken.has('a');
        for (const id of group) if (isMarked) expect(again.has(id)).toBe(false);
      }),
      { numRuns: 300, seed: 14 },
    );
  });

  it('take over all groups of another', () => {
    const marked = markedOf(['a', 'b']);
    marked.addAll(markedOf(['b', 'c'], ['d']));
    expect([...marked.settle(markedOf(['a']))]).toEqual(['d']);
  });
});
