import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PackedRecords } from './packed-records.js';

const KEYS = 40;

interface Step {
  readonly key: string;
  /** undefined: it is deleted. */
  readonly length: number | undefined;
}

const steps = fc.array(
  fc.record<Step>({
    key: fc.nat(KEYS).map((number) => `ключ-${number}`),
    length: fc.option(fc.oneof(fc.nat(40), fc.nat(60_000), fc.nat(600_000)), { nil: undefined }),
  }),
  { maxLength: 150 },
);

describe('packed records', () => {
  it('hold what was set last under each key, whatever was set and deleted around it', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const records = new PackedRecords();
        const wanted = new Map<string, Buffer>();
        for (const [number, { key, length }] of all.entries()) {
          if (length === undefined) {
            expect(records.delete(key)).toBe(wanted.delete(key));
          } else {
            const value = Buffer.alloc(length, number + 1);
            records.set(key, value);
            wanted.set(key, value);
          }
          expect(records.size).toBe(wanted.size);
        }
        for (let number = 0; number <= KEYS; number += 1) {
          const key = `ключ-${number}`;
          expect(records.has(key)).toBe(wanted.has(key));
          expect(records.get(key)?.equals(wanted.get(key) ?? Buffer.alloc(0))).toBe(
            wanted.has(key) ? true : undefined,
          );
        }
      }),
    );
  });

  it('keep many keys apart, also after most of them are gone', () => {
    const records = new PackedRecords();
    const count = 20_000;
    for (let number = 0; number < count; number += 1) {
      records.set(`key-${number}`, Buffer.from(`value ${number}`));
    }
    for (let number = 0; number < count; number += 1) {
      if (number % 10 !== 0) expect(records.delete(`key-${number}`)).toBe(true);
    }
    expect(records.size).toBe(count / 10);
    for (let number = 0; number < count; number += 1) {
      const found = records.get(`key-${number}`)?.toString();
      expect(found).toBe(number % 10 === 0 ? `value ${number}` : undefined);
    }
  });

  it('take at most about twice what is in them, however often they are replaced', () => {
    const records = new PackedRecords();
    const value = Buffer.alloc(1_000, 1);
    for (let round = 0; round < 20; round += 1) {
      for (let number = 0; number < 2_000; number += 1) records.set(`key-${number}`, value);
    }
    const inThem = 2_000 * 1_020;
    expect(records.bytes).toBeLessThan(2.5 * inThem);
    for (let number = 0; number < 2_000; number += 1) {
      expect(records.get(`key-${number}`)?.equals(value)).toBe(true);
    }
  });

  it('give back their memory when they are cleared', () => {
    const records = new PackedRecords();
    const empty = records.bytes;
    records.set('a', Buffer.alloc(2_000_000));
    expect(records.bytes).toBeGreaterThan(2_000_000);
    records.clear();
    expect(records.bytes).toBe(empty);
    expect(records.get('a')).toBeUndefined();
    records.set('a', Buffer.from('again'));
    expect(records.get('a')?.toString()).toBe('again');
  });
});
