import type { SearchRuleContent } from './search-rule.js';

/** Those that hold in a language of the store, in their order: what says nothing of a language holds in all. */
export function rulesIn(
  rules: readonly SearchRuleContent[],
  locale: string,
): readonly SearchRuleContent[] {
  return rules.filter((rule) => rule.locale === undefined || isOf(rule.locale, locale));
}

/** Whether a rule for it ever holds in a store of these languages. */
export function isSpoken(language: string, locales: readonly string[]): boolean {
  return locales.some((locale) => isOf(language, locale));
}

/** `de` is that of `de-CH` too, and not the other way round. */
function isOf(language: string, locale: string): boolean {
  return locale === language || locale.startsWith(`${language}-`);
}
