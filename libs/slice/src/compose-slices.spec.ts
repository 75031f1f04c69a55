import { describe, expect, it } from '@jest/globals';
import { composeSlices } from './compose-slices.js';
import type { Slice } from './slice.js';

class PriceModule {}
class PriceEntity {}

const slice = (name: string, parts: Partial<Slice> = {}): Slice => ({
  name,
  modules: [],
  entities: [],
  permissions: {},
  jobs: [],
  regions: [],
  tags: {},
  ...parts,
});

describe('composeSlices', () => {
  it('gathers what the slices bring, in their order', () => {
    const composed = composeSlices([
      slice('pricing', {
        modules: [PriceModule],
        entities: [PriceEntity],
        permissions: { 'pricing:price:read': 'See prices' },
        regions: ['pricing.price'],
      }),
      slice('stock', {
        permissions: { 'stock:item:read': 'See stock' },
        regions: ['stock.item'],
        tags: { item: (id: string) => `stock:${id}` },
      }),
    ]);
    expect(composed).toEqual({
      modules: [PriceModule],
      entities: [PriceEntity],
      permissions: { 'pricing:price:read': 'See prices', 'stock:item:read': 'See stock' },
      jobs: [],
      regions: ['pricing.price', 'stock.item'],
    });
  });

  it('refuses what two of them declare, and names all of it', () => {
    const one = slice('pricing', {
      entities: [PriceEntity],
      permissions: { 'a:b:read': 'See' },
      regions: ['a.b'],
      tags: { one: (id: string) => `b:${id}` },
    });
    const other = { ...one, name: 'other', tags: { other: (id: string) => `b:x:${id}` } };
    expect(() => composeSlices([one, other])).toThrow(
      'declared twice: entity PriceEntity, permission a:b:read, region a.b, tag b',
    );
    expect(() => composeSlices([slice('a'), slice('a')])).toThrow(
      expect.objectContaining({
        code: 'slice.clash',
        message: expect.stringContaining('slice a'),
      }),
    );
  });
});
