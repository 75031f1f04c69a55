import { describe, expect, it } from '@jest/globals';
import { compileRules, redirectOf } from './compile-rules.js';
import { isSpoken, rulesIn } from './rules-in.js';
import type { SearchRuleContent } from './search-rule.js';

describe('rules in a language', () => {
  const help = { kind: 'redirect', words: ['help'] } as const;
  const rules: SearchRuleContent[] = [
    { ...help, url: '/hilfe', locale: 'de' },
    { ...help, url: '/swiss', locale: 'de-CH' },
    { ...help, url: '/help' },
    { kind: 'synonyms', words: ['boot', 'boat'], locale: 'de' },
    { kind: 'hidden', words: ['gift'], locale: 'de' },
  ];

  it.each([
    ['de', '/hilfe', ['boat'], ['gift']],
    ['de-CH', '/hilfe', ['boat'], ['gift']],
    ['en', '/help', undefined, []],
    ['den', '/help', undefined, []],
  ])('are its own and those of all, oldest first: %s', (locale, url, synonyms, hidden) => {
    const compiled = compileRules(rulesIn(rules, locale));
    expect(redirectOf(compiled, 'help')).toBe(url);
    expect(compiled.synonyms['boot']?.flat()).toEqual(synonyms);
    expect(compiled.hidden).toEqual(hidden);
  });

  it('of a country do not hold in others', () => {
    const [, swiss] = rules;
    expect(['de', 'de-CH', 'de-AT'].map((locale) => rulesIn([swiss!], locale).length)).toEqual([
      0, 1, 0,
    ]);
  });

  it('can be made for what the store speaks', () => {
    const spoken = (language: string) => isSpoken(language, ['en', 'de-CH']);
    expect(['en', 'de', 'de-CH'].every(spoken)).toBe(true);
    expect(['fr', 'de-AT', 'en-GB', 'd', ''].some(spoken)).toBe(false);
  });
});
