import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ByteBudget } from './byte-budget.js';
import { Entry } from './entry.js';
import { EntryStore } from './entry-store.js';

function entry(key: string, bytes = 1): Entry<number> {
  return new Entry<number>(key, 1, [], Infinity, Infinity, bytes, 0, { drop: () => undefined });
}

function storeOf(
  limits: { maxEntries: number; maxBytes: number },
  onEvicted: (entry: Entry<number>) => void = () => undefined,
): EntryStore<number> {
  return new EntryStore<number>({ ...limits, share: 1 }, new ByteBudget(1_000_000), onEvicted);
}

describe('EntryStore', () => {
  it('keeps what is used when a scan of one-time keys passes', () => {
    const store = storeOf({ maxEntries: 10, maxBytes: 1_000 });
    for (let index = 0; index < 5; index += 1) store.put(entry(`hot-${index}`));
    for (let index = 0; index < 1_000; index += 1) {
      store.put(entry(`scan-${index}`));
      for (let hot = 0; hot < 5; hot += 1) {
        const held = store.get(`hot-${hot}`);
        if (held !== undefined) held.isVisited = true;
      }
    }
    for (let hot = 0; hot < 5; hot += 1) expect(store.get(`hot-${hot}`)).toBeDefined();
  });

  it('stays within both limits and agrees with a model, whatever is put, used and removed', () => {
    const command = fc.record({
      kind: fc.constantFrom('put', 'use', 'remove'),
      key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
      bytes: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(fc.array(command, { maxLength: 200 }), (commands) => {
        const model = new Map<string, Entry<number>>();
        const store = storeOf({ maxEntries: 5, maxBytes: 100 }, (evicted) => {
          if (model.get(evicted.key) === evicted) model.delete(evicted.key);
        });
        for (const { kind, key, bytes } of commands) {
          const held = store.get(key);
          if (kind === 'put') {
            const added = entry(key, bytes);
            if (held !== undefined) store.remove(held);
            model.set(key, added);
            store.put(added);
          } else if (held !== undefined) {
            if (kind === 'use') held.isVisited = true;
            else if (store.remove(held)) model.delete(key);
          }
          expect(store.size).toBe(model.size);
          expect(store.size).toBeLessThanOrEqual(5);
          const total = [...model.values()].reduce((sum, item) => sum + item.bytes, 0);
          expect(store.bytes).toBe(total);
          expect(store.bytes).toBeLessThanOrEqual(100);
          for (const [name, item] of model) expect(store.get(name)).toBe(item);
          const sample = store.sample(() => bytes / 100);
          expect(sample).toBe(sample === undefined ? undefined : model.get(sample.key));
          expect(sample === undefined).toBe(model.size === 0);
        }
      }),
    );
  });

  for (const size of [3, 1_000]) {
    it(`samples each of ${size} entries equally often`, () => {
      const store = storeOf({ maxEntries: size, maxBytes: size });
      for (let index = 0; index < size; index += 1) store.put(entry(String(index)));
      const counts = new Map<string, number>();
      let seed = 42;
      const random = (): number => {
        seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
        return seed / 2_147_483_648;
      };
      for (let draw = 0; draw < 100 * size; draw += 1) {
        const { key = '' } = store.sample(random) ?? {};
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      expect(counts.size).toBe(size);
      for (const count of counts.values()) {
        expect(count).toBeGreaterThan(50);
        expect(count).toBeLessThan(160);
      }
    });
  }

  it('does not keep an entry larger than the region', () => {
    const evicted: string[] = [];
    const store = storeOf({ maxEntries: 5, maxBytes: 10 }, ({ key }) => evicted.push(key));
    store.put(entry('small', 5));
    store.put(entry('huge', 11));
    expect(store.get('small')).toBeDefined();
    expect(evicted).toEqual(['huge']);
  });
});
