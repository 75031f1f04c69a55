import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { beyond, intersection, normalised, permits } from './permission-set.js';
import { PermissionCatalog } from './permission-catalog.js';

const names = ['catalog', 'identity'].flatMap((area) =>
  ['product', 'category', 'user'].flatMap((entity) =>
    ['read', 'update', 'delete'].map((action) => `${area}:${entity}:${action}`),
  ),
);
const catalog = new PermissionCatalog(Object.fromEntries(names.map((name) => [name, name])));

const patterns = fc.constantFrom('*', 'catalog:*', 'catalog:product:*', 'identity:*', ...names);
const sets = fc.array(patterns, { maxLength: 6 });

describe('permission sets', () => {
  it('accepts known names and wildcards at the end of whole segments only', () => {
    for (const pattern of ['*', 'catalog:*', 'catalog:product:*', 'catalog:product:read']) {
      expect([pattern, catalog.isGrantable(pattern)]).toEqual([pattern, true]);
    }
    for (const pattern of [
      '',
      '**',
      '*:product:read',
      'catalog:*:read',
      'cat*',
      'catalog:prod*',
      'catalog:product:read:*',
      'catalog:product:read*',
      'catalog:product:fly',
      'nothing:*',
      'self:*',
      'self:session:read',
      'CATALOG:*',
      ' *',
      'constructor',
    ]) {
      expect([pattern, catalog.isGrantable(pattern)]).toEqual([pattern, false]);
    }
  });

  it('lets a wildcard allow what lies below it and nothing beside it', () => {
    expect(permits(['catalog:*'], 'catalog:product:update')).toBe(true);
    expect(permits(['catalog:product:*'], 'catalog:product:update')).toBe(true);
    expect(permits(['catalog:product:*'], 'catalog:category:update')).toBe(false);
    expect(permits(['*'], 'identity:user:delete')).toBe(true);
    expect(permits([], 'catalog:product:read')).toBe(false);
  });

  it('lets everybody do what concerns only themselves', () => {
    expect(permits([], 'self:session:delete')).toBe(true);
  });

  it('names what goes beyond a set', () => {
    expect(beyond(['catalog:*'], ['catalog:product:read', 'catalog:*'])).toEqual([]);
    expect(beyond(['catalog:product:read'], ['catalog:product:*', '*'])).toEqual([
      'catalog:product:*',
      '*',
    ]);
  });

  it('intersects to exactly what both allow', () => {
    fc.assert(
      fc.property(sets, sets, (one, other) => {
        const both = intersection(one, other);
        for (const name of names) {
          expect(permits(both, name)).toBe(permits(one, name) && permits(other, name));
        }
      }),
    );
  });

  it('normalises without changing what is allowed', () => {
    fc.assert(
      fc.property(sets, (set) => {
        expect(catalog.expanded(normalised(set))).toEqual(catalog.expanded(set));
      }),
    );
    expect(normalised(['catalog:product:read', 'catalog:*', 'catalog:*'])).toEqual(['catalog:*']);
  });
});
