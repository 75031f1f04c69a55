import { describe, expect, it } from '@jest/globals';
import { averageUse, hotKeysFromJson, hotKeysToJson, type HotKey } from './hot-key.js';

const HOUR_MS = 3_600_000;

const keyOf = (text: string, uses: number): HotKey => ({ region: 'rows', text, uses });

describe('hot keys', () => {
  it('are written and read, the most used first', () => {
    const keys = [keyOf('a', 1), keyOf('größe/"b"', 7.2), keyOf('c', 3)];
    expect(hotKeysFromJson(hotKeysToJson(keys))).toEqual([
      keyOf('größe/"b"', 8),
      keyOf('c', 3),
      keyOf('a', 1),
    ]);
  });

  it('take a bounded place, however many and long they are', () => {
    const many = Array.from({ length: 2_000 }, (_, index) => keyOf(`key-${index}`, index + 1));
    const kept = hotKeysFromJson(hotKeysToJson(many));
    expect(kept).toHaveLength(500);
    expect(kept[0]?.uses).toBe(2_000);
    const long = many.map((key) => ({ ...key, text: key.text.padEnd(1_000, 'x') }));
    const json = hotKeysToJson(long);
    expect(json.length).toBeLessThanOrEqual(100_000);
    expect(hotKeysFromJson(json).length).toBeGreaterThan(90);
  });

  it.each(['', 'null', '{}', '[["a","b"]]', '[["a","b","c"]]', '[["a","b",-1]]', '[["a"'])(
    'are none in %s',
    (json) => {
      expect(hotKeysFromJson(json)).toEqual([]);
    },
  );

  it('are averaged over replicas; what was noted an hour earlier counts half', () => {
    const now = 10 * HOUR_MS;
    const merged = averageUse([
      { replicaId: 'r1', notedAt: now, keys: [keyOf('a', 10), keyOf('b', 40)] },
      { replicaId: 'r2', notedAt: now, keys: [keyOf('a', 60)] },
      { replicaId: 'r3', notedAt: now - HOUR_MS, keys: [keyOf('c', 60)] },
      { replicaId: 'r4', notedAt: now, keys: [{ region: 'other', text: 'a', uses: 4 }] },
    ]);
    expect(merged).toEqual([
      keyOf('a', 17.5),
      keyOf('b', 10),
      keyOf('c', 7.5),
      { region: 'other', text: 'a', uses: 1 },
    ]);
    expect(averageUse([])).toEqual([]);
  });
});
