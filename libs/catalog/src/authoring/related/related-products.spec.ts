import { describe, expect, it } from '@jest/globals';
import { relatedTo, RELATED_COUNT, RelationGroup, type RelationFacts } from './related-products.js';

function facts(id: string, priceMinor: number, brand: string | null = null): RelationFacts {
  return { id, priceMinor, brand };
}

function related(
  id: string,
  members: RelationFacts[],
  attributes = new Map<string, Set<string>>(),
) {
  const group = new RelationGroup(members);
  const product = group.members.find((member) => member.id === id);
  if (product === undefined) throw new Error(`${id} is not a member`);
  return relatedTo(product, group.candidates(product), attributes);
}

describe('related products', () => {
  it('prefers the nearest price when nothing else is shared', () => {
    const members = [facts('a', 100), facts('b', 110), facts('c', 500), facts('d', 120)];
    expect(related('a', members)).toEqual(['b', 'd', 'c']);
  });

  it('prefers the same brand to a nearer price, and shared attributes to a brand', () => {
    const members = [facts('a', 100, 'X'), facts('b', 100), facts('c', 90, 'X'), facts('d', 80)];
    const attributes = new Map([
      ['a', new Set(['axle=front', 'side=left'])],
      ['d', new Set(['axle=front', 'side=left'])],
    ]);
    expect(related('a', members)).toEqual(['c', 'b', 'd']);
    expect(related('a', members, attributes)).toEqual(['d', 'c', 'b']);
  });

  it('never relates a product to itself and is bounded', () => {
    const members = Array.from({ length: 500 }, (_, index) => facts(`p${index}`, index));
    const ids = related('p250', members);
    expect(ids).toHaveLength(RELATED_COUNT);
    expect(ids).not.toContain('p250');
  });

  it('gives the same answer whatever the order of the members', () => {
    const members = Array.from({ length: 60 }, (_, index) => facts(`p${index}`, 100, 'X'));
    expect(related('p7', members)).toEqual(related('p7', [...members].reverse()));
  });

  it('orders those that are equally near by their ids', () => {
    expect(related('a', [facts('a', 100), facts('c', 50), facts('b', 200)])).toEqual(['b', 'c']);
  });

  it('copes with products that cost nothing', () => {
    expect(related('a', [facts('a', 0), facts('c', 0), facts('b', 5)])).toEqual(['c', 'b']);
  });
});
