import { describe, expect, it } from '@jest/globals';
import { buildCategoryTree, placeBySlug } from './category-tree.js';

const row = (id: string, parentId: string | null = null) => ({
  id,
  parentId,
  slug: `s-${id}`,
  name: id.toUpperCase(),
});

describe('the tree a storefront shows', () => {
  it('nests in the order of the rows and knows each place', () => {
    const tree = buildCategoryTree([row('a'), row('c', 'a'), row('b', 'a'), row('d', 'b')]);
    expect(tree.roots[0]?.children.map(({ id }) => id)).toEqual(['c', 'b']);
    const place = placeBySlug(tree, 's-d');
    expect(place?.path.map(({ name }) => name)).toEqual(['A', 'B', 'D']);
    expect(placeBySlug(tree, 's-a')?.subtreeIds).toEqual(['a', 'c', 'b', 'd']);
  });

  it('leaves out what no root leads to', () => {
    const tree = buildCategoryTree([row('a'), row('b', 'gone'), row('x', 'y'), row('y', 'x')]);
    expect(tree.roots.map(({ id }) => id)).toEqual(['a']);
    expect(placeBySlug(tree, 's-x')).toBeUndefined();
  });

  it('takes a slug for what it is, whatever objects inherit', () => {
    const tree = buildCategoryTree([row('a')]);
    expect(placeBySlug(tree, 'constructor')).toBeUndefined();
    expect(placeBySlug(tree, '__proto__')).toBeUndefined();
  });
});
