import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SearchNotes, noteLimits, notedForm } from './search-notes.js';

describe('notedForm', () => {
  it('keeps the folded words of a query', () => {
    expect(notedForm('  Größe, XL! ')).toBe('grosse xl');
    expect(notedForm('5w-30')).toBe('5w 30');
    // Runs of scripts without spaces as people read them.
    expect(notedForm('日本語緑茶 ガス')).toBe('日本語緑茶 ガス');
    expect(notedForm('USB充電器')).toBe('usb充電器');
  });

  it.each([
    ['an e-mail address', 'ada@example.com'],
    ['a telephone number', '+49 (30) 12 34 56'],
    ['digits of another script', '١٢٣٤٥٦'],
    ['no word', '?!'],
    ['nothing', ''],
    ['more than is of use', 'word '.repeat(30)],
  ])('leaves out %s', (_, query) => {
    expect(notedForm(query)).toBeUndefined();
  });
});

describe('SearchNotes', () => {
  it('counts each query of a store and a language, most frequent first', () => {
    const log = new SearchNotes();
    for (const query of ['lamp', 'Sofa', 'sofa!', 'lamp', 'LAMP']) log.note('s', 'en', query);
    log.note('s', 'de', 'lamp');
    log.note('other', 'en', 'lamp');
    const taken = log.take();
    expect([...taken.keys()]).toEqual(['s', 'other']);
    expect(taken.get('s')?.map(({ locale, query, count }) => [locale, query, count])).toEqual([
      ['en', 'lamp', 3],
      ['en', 'sofa', 2],
      ['de', 'lamp', 1],
    ]);
    expect(log.take().size).toBe(0);
  });

  it('holds and hands out a bounded number, however many different ones are asked for', () => {
    const log = new SearchNotes();
    for (let number = 0; number < 3; number += 1) log.note('s', 'en', 'often');
    for (let number = 0; number < 5 * noteLimits.held; number += 1) {
      const letters = [...`${number}`].map((digit) => 'abcdefghij'[Number(digit)]);
      log.note('s', 'en', `flood ${letters.join('')}`);
    }
    expect(log.size).toBe(noteLimits.held);
    log.note('s', 'en', 'often');
    const taken = log.take().get('s') ?? [];
    expect(taken).toHaveLength(noteLimits.written);
    expect(taken[0]).toMatchObject({ query: 'often', count: 4 });
  });

  it('never holds a text that is longer than it may be, or an address', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 300, unit: 'grapheme' })), (queries) => {
        const log = new SearchNotes();
        for (const query of queries) log.note('s', 'en', query);
        for (const { query } of log.take().get('s') ?? []) {
          expect(query.length).toBeLessThanOrEqual(noteLimits.length);
          expect(query).not.toMatch(/@|\p{Nd}{6}/u);
        }
      }),
    );
  });
});
