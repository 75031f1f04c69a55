import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { named, pageOf, selectionOf, storeIndexOf } from '../../../test/indexed-products.js';
import { parseQuery } from '../query/parse-query.js';
import { NO_LEXICON } from '../query/query-lexicon.js';
import { languageOf } from '../text/language.js';
import { compileRules, redirectOf } from './compile-rules.js';
import { ruleBreaches } from './rule-breaches.js';
import { ruleLimits, type SearchRuleContent } from './search-rule.js';

const parsed = (rules: readonly SearchRuleContent[], q: string, locale: string) =>
  parseQuery(q, languageOf(locale), { ...NO_LEXICON, rules: compileRules(rules) });

/** The names that a query finds by the rules, best first. */
function found(
  names: readonly string[],
  rules: readonly SearchRuleContent[],
  q: string,
  locale = 'en',
): string[] {
  const products = names.map((name, number) => named(number, name));
  const words = parsed(rules, q, locale);
  const selection = { ...selectionOf({ locale }), words };
  const { ids } = storeIndexOf(products).page(selection, pageOf({ sort: 'relevance' }));
  return ids.map((id) => products.find((each) => each.id === id)?.names['en'] ?? '');
}

const synonyms = (...words: string[]): SearchRuleContent => ({ kind: 'synonyms', words });

describe('synonyms', () => {
  it('answer both ways, behind what is called so itself', () => {
    const names = ['Cell', 'Mobile', 'Socks'];
    expect(found(names, [synonyms('mobile', 'cell')], 'mobile')).toEqual(['Mobile', 'Cell']);
    expect(found(names, [synonyms('mobile', 'cell')], 'cell')).toEqual(['Cell', 'Mobile']);
    expect(found(names, [], 'mobile')).toEqual(['Mobile']);
  });

  it('answer one way where staff say so', () => {
    const rule: SearchRuleContent = { kind: 'one-way', words: ['shoe'], synonyms: ['sandal'] };
    expect(found(['Shoe', 'Sandal'], [rule], 'shoe')).toEqual(['Shoe', 'Sandal']);
    expect(found(['Shoe', 'Sandal'], [rule], 'sandal')).toEqual(['Sandal']);
  });

  it('may be phrases: all words of one, wherever they stand, and never a part of them', () => {
    const names = ['Red cell, a phone', 'Phone', 'Mobile red', 'Cell red'];
    const rules = [synonyms('mobile', 'cell phone')];
    expect(found(names, rules, 'mobile')).toEqual(['Mobile red', 'Red cell, a phone']);
    expect(new Set(found(names, rules, 'red cell phone'))).toEqual(
      new Set(['Mobile red', 'Red cell, a phone']),
    );
    expect(found(names, rules, 'phone')).not.toContain('Mobile red');
    expect(found(names, rules, 'cell')).not.toContain('Mobile red');
  });

  it('are the same however they are written, and with stop words in them', () => {
    const names = ['Overall'];
    for (const q of ['Größe', 'groesse', 'grosse', 'GRÖẞE']) {
      expect([q, found(names, [synonyms('größe', 'overall')], q)]).toEqual([q, names]);
    }
    for (const q of ['T-Shirt', 'tshirt', 't shirt']) {
      expect([q, found(names, [synonyms('t-shirt', 'overall')], q)]).toEqual([q, names]);
    }
    for (const q of ['schöne Möbel', 'schoene moebel', 'schone mobel', 'SCHÖNE MÖBEL']) {
      expect([q, found(names, [synonyms('schöne Möbel', 'overall')], q)]).toEqual([q, names]);
    }
    expect(found(names, [synonyms('kurze Aermel', 'overall')], 'kurze Ärmel')).toEqual(names);
    expect(found(['Tshirt'], [synonyms('t-shirt', 'overall')], 'overall')).toEqual(['Tshirt']);
    expect(found(names, [synonyms('bag of holding', 'overall')], 'bag of holding')).toEqual(names);
    expect(found(['緑茶'], [synonyms('green tea', '緑茶')], 'green tea')).toEqual(['緑茶']);
  });

  it('go both ways between words of scripts with and without spaces, also inside of a run', () => {
    const names = ['緑茶', '日本緑茶セット', 'Handy', '緑'];
    const rules = [synonyms('handy', '緑茶')];
    expect(found(names, rules, 'handy')).toEqual(['Handy', '緑茶', '日本緑茶セット']);
    expect(new Set(found(names, rules, '緑茶'))).toEqual(new Set(names.slice(0, 3)));
    expect(found(names, rules, '日本緑茶')).toEqual(['日本緑茶セット']);
    const phones = ['スマートフォンケース', 'Smartphone', 'スマート'];
    const long = [synonyms('smartphone', 'スマートフォン')];
    expect(found(phones, long, 'smartphone')).toEqual(['Smartphone', 'スマートフォンケース']);
    expect(found(phones, long, 'スマートフォン')).toEqual(['スマートフォンケース', 'Smartphone']);
    expect(found(['USB充電器', 'Charger'], [synonyms('charger', 'usb充電器')], 'charger')).toEqual([
      'Charger',
      'USB充電器',
    ]);
  });

  it('keep typing errors from being looked for, as every other answer does', () => {
    expect(found(['Pedal', 'Lever'], [synonyms('medal', 'lever')], 'medal')).toEqual(['Lever']);
    expect(found(['Pedal', 'Lever'], [], 'medal')).toEqual(['Pedal']);
  });

  it('never take away what is found without them', () => {
    const word = fc.constantFrom(
      'red',
      'blue',
      'shirt',
      'shoe',
      'cell phone',
      'größe',
      'constructor',
    );
    const rules = fc.array(
      fc.array(word, { minLength: 2, maxLength: 3 }).map((words) => synonyms(...words)),
      { maxLength: 4 },
    );
    const text = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 8 }), rules, text, (names, given, q) => {
        const by = new Set(found(names, given, q));
        const exactly = found(names, [], q).filter((name) =>
          q.split(' ').every((each) => name.split(' ').includes(each)),
        );
        for (const name of exactly) expect(by).toContain(name);
      }),
    );
  });

  it('of a word are a bounded number, each once, whatever rules there are and whatever is asked', () => {
    const word = fc
      .array(fc.constantFrom('a', 'b', 'c', 'größe', 't-shirt', '緑茶'), {
        minLength: 1,
        maxLength: ruleLimits.phrase,
      })
      .map((words) => words.join(' '));
    const words = fc.array(word, { minLength: 1, maxLength: ruleLimits.words });
    const rule: fc.Arbitrary<SearchRuleContent> = fc.oneof(
      words.map((each) => synonyms(...each)),
      fc.record({ kind: fc.constant('one-way' as const), words, synonyms: words }),
    );
    const rules = fc.array(rule, { maxLength: 40, size: 'max' });
    const query = fc.array(word, { maxLength: 20 }).map((each) => each.join(' '));
    fc.assert(
      fc.property(rules, query, (given, q) => {
        for (const { synonyms: own } of parsed(given, q, 'de')) {
          expect(own.length).toBeLessThanOrEqual(ruleLimits.synonyms);
          expect(new Set(own.map((phrase) => phrase.join(' '))).size).toBe(own.length);
        }
      }),
    );
  });

  it('of the oldest rules count when a word has too many', () => {
    const rules = Array.from({ length: ruleLimits.rules }, (_, number) =>
      synonyms('shoe', `other${number} one`, `other${number} two`),
    );
    const { synonyms: compiled } = compileRules(rules);
    expect(compiled['shoe']).toHaveLength(ruleLimits.synonyms);
    expect(compiled['shoe']?.[0]).toEqual(['other0', 'one']);
  });

  it('may lead in a circle', () => {
    const rules = [synonyms('one', 'two'), synonyms('two', 'three'), synonyms('three', 'one')];
    expect(new Set(found(['One', 'Two', 'Three', 'Four'], rules, 'one'))).toEqual(
      new Set(['One', 'Two', 'Three']),
    );
    const chain = [synonyms('one', 'two'), synonyms('two', 'three')];
    expect(found(['Two', 'Three'], chain, 'one')).toEqual(['Two']);
  });
});

describe('redirects', () => {
  const rules: SearchRuleContent[] = [
    { kind: 'redirect', words: ['returns', 'T-Shirt', '返品'], url: '/help/returns' },
    { kind: 'redirect', words: ['Returns!', 'help me'], url: '/help' },
    { kind: 'redirect', words: ['große Größen', 'T-Größe', 'kurze Aermel'], url: '/sizes' },
  ];

  it.each([
    ['returns', '/help/returns'],
    ['  RETURNS? ', '/help/returns'],
    ['tshirt', '/help/returns'],
    ['help me', '/help'],
    ['返品', '/help/returns'],
    ['Große Größen', '/sizes'],
    ['grosse grossen', '/sizes'],
    ['grosse groessen', '/sizes'],
    ['t groesse', '/sizes'],
    ['kurze Ärmel', '/sizes'],
    ['返品する', undefined],
    ['help', undefined],
    ['my returns', undefined],
    ['', undefined],
    ['__proto__', undefined],
    ['constructor', undefined],
  ])('send who asks for exactly one of the words, by the oldest rule: %s', (q, url) => {
    expect(redirectOf(compileRules(rules), q)).toBe(url);
  });
});

describe('a rule', () => {
  const words = ['one', 'two'];

  it('can be used as it is', () => {
    expect(ruleBreaches(synonyms(...words))).toEqual([]);
    expect(ruleBreaches(synonyms('スマートフォン 緑茶 携帯 電話', 'ス'.repeat(17)))).toEqual([]);
    expect(ruleBreaches({ kind: 'one-way', words: ['one'], synonyms: ['two'] })).toEqual([]);
    for (const url of ['/c/tyres?q=1', 'https://example.com/a', 'HTTPS://a.example']) {
      expect([url, ruleBreaches({ kind: 'redirect', words, url })]).toEqual([url, []]);
    }
  });

  it.each([
    ['words that are the same', synonyms('Größe', 'grösse'), 'words'],
    ['one word alone', synonyms('one'), 'words'],
    ['too many words', synonyms(...'a b c d e f g h i j k'.split(' ')), 'words'],
    ['a word without letters', synonyms('one', '?!'), 'words.1'],
    ['a long phrase', synonyms('one', 'a b c d e'), 'words.1'],
    ['a long run of characters', synonyms('one', 'ス'.repeat(18)), 'words.1'],
    ['a long word', synonyms('one', 'x'.repeat(ruleLimits.length + 1)), 'words.1'],
    ['no synonyms', { kind: 'one-way', words, synonyms: [] }, 'synonyms'],
    ['no words', { kind: 'redirect', words: [], url: '/' }, 'words'],
    [
      'another site without encryption',
      { kind: 'redirect', words, url: 'http://a.example' },
      'url',
    ],
    ['another site in disguise', { kind: 'redirect', words, url: '//a.example' }, 'url'],
    ['another site in a deeper disguise', { kind: 'redirect', words, url: '/\\a.example' }, 'url'],
    ['a script', { kind: 'redirect', words, url: 'javascript:alert(1)' }, 'url'],
    ['an address without slashes', { kind: 'redirect', words, url: 'https:a.example' }, 'url'],
    ['an address with one slash', { kind: 'redirect', words, url: 'https:/a.example' }, 'url'],
    ['an address with three slashes', { kind: 'redirect', words, url: 'https:///a' }, 'url'],
    ['a name and a password', { kind: 'redirect', words, url: 'https://a:b@a.example' }, 'url'],
    [
      'a site that is only a name',
      { kind: 'redirect', words, url: 'https://a.example@b.example' },
      'url',
    ],
    ['a line break', { kind: 'redirect', words, url: '/a\r\nb' }, 'url'],
    ['nothing', { kind: 'redirect', words, url: '' }, 'url'],
  ] as const)('is refused with %s', (_, content, path) => {
    expect(ruleBreaches(content).map((breach) => breach.path)).toContain(path);
  });
});
