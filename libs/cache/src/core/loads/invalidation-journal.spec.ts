import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidationJournal } from './invalidation-journal.js';

describe('InvalidationJournal', () => {
  it('finds the first invalidation after a point, as a plain search of the history does', () => {
    const tag = fc.constantFrom('a', 'b', 'c', '*');
    fc.assert(
      fc.property(
        fc.array(tag, { maxLength: 30 }),
        fc.nat(30),
        fc.uniqueArray(fc.constantFrom('a', 'b', 'c')),
        (history, after, asked) => {
          const journal = new InvalidationJournal();
          journal.loadStarted();
          history.forEach((name, index) => {
            if (name === '*') journal.recordClear(index + 1);
            else journal.record(name, index + 1);
          });
          const expected = history.findIndex(
            (name, index) => index + 1 > after && (name === '*' || asked.includes(name)),
          );
          expect(journal.firstAfter(after, asked)).toBe(expected < 0 ? Infinity : expected + 1);
        },
      ),
    );
  });

  it('stays bounded, and treats what it forgot as invalidated', () => {
    const journal = new InvalidationJournal();
    journal.loadStarted();
    for (let sequence = 1; sequence <= 50_000; sequence += 1) {
      journal.record(`tag-${sequence}`, sequence);
    }
    expect(journal.firstAfter(10, ['never-seen'])).toBe(11);
    expect(journal.firstAfter(49_999, ['tag-50000'])).toBe(50_000);
    expect(journal.firstAfter(50_000, ['tag-50000'])).toBe(Infinity);
  });

  it('forgets everything when no load is under way', () => {
    const journal = new InvalidationJournal();
    journal.loadStarted();
    journal.record('a', 1);
    journal.loadEnded();
    journal.loadStarted();
    expect(journal.firstAfter(0, ['a'])).toBe(Infinity);
  });
});
