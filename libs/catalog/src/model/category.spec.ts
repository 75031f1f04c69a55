import { describe, expect, it } from '@jest/globals';
import { testStore } from '../../../stores/test/test-store.js';
import {
  categoryBreaches,
  categoryLimits,
  heightOf,
  makesCycle,
  withAncestors,
  type CategoryNode,
} from './category.js';

/** `b<a` says that b is below a. */
function tree(...pairs: string[]): Map<string, CategoryNode> {
  return new Map(
    pairs.map((pair) => {
      const [id = '', parentId] = pair.split('<');
      return [id, { id, parentId: parentId ?? null }];
    }),
  );
}

describe('the category tree', () => {
  it('knows what is above a category, and ends on a cycle', () => {
    expect(withAncestors(tree('a', 'b<a', 'c<b'), 'c')).toEqual(['c', 'b', 'a']);
    expect(withAncestors(tree('a<b', 'b<a'), 'a')).toEqual(['a', 'b']);
    expect(withAncestors(tree('a<gone'), 'a')).toEqual(['a']);
  });

  it('refuses to put a category below itself', () => {
    const nodes = tree('a', 'b<a', 'c<b', 'd');
    expect(makesCycle(nodes, 'a', 'c')).toBe(true);
    expect(makesCycle(nodes, 'a', 'a')).toBe(true);
    expect(makesCycle(nodes, 'a', 'd')).toBe(false);
    expect(makesCycle(nodes, 'a', null)).toBe(false);
    const breaches = categoryBreaches(testStore(), nodes, {
      id: 'a',
      parentId: 'c',
      slug: 'a',
      position: 0,
      names: { en: 'A' },
    });
    expect(breaches).toEqual([{ path: 'parentId', message: 'a category cannot be below itself' }]);
  });

  it('counts the levels a move would make', () => {
    const levels = Array.from({ length: categoryLimits.depth }, (_, index) =>
      index === 0 ? 'l0' : `l${index}<l${index - 1}`,
    );
    const nodes = tree(...levels, 'x', 'y<x');
    expect(heightOf(nodes, 'x')).toBe(2);
    expect(heightOf(nodes, 'new')).toBe(1);
    const move = (parentId: string) =>
      categoryBreaches(testStore(), nodes, {
        id: 'x',
        parentId,
        slug: 'x',
        position: 0,
        names: { en: 'X' },
      });
    expect(move(`l${categoryLimits.depth - 3}`)).toEqual([]);
    expect(move(`l${categoryLimits.depth - 2}`)).toMatchObject([{ path: 'parentId' }]);
  });

  it('names everything that is wrong', () => {
    const breaches = categoryBreaches(testStore(), new Map(), {
      id: 'x',
      parentId: 'gone',
      slug: 'Not',
      position: -1,
      names: { fr: ' ' },
    });
    expect(breaches.map(({ path }) => path)).toEqual([
      'slug',
      'position',
      'names',
      'names.fr',
      'names.fr',
      'parentId',
    ]);
  });
});
