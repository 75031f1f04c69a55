import { phraseOf } from './compile-rules.js';
import { ruleLimits, type SearchRuleContent } from './search-rule.js';

export interface RuleBreach {
  readonly path: string;
  readonly message: string;
}

/** What is wrong with a rule; nothing when it can be used. */
export function ruleBreaches(content: SearchRuleContent): RuleBreach[] {
  const breaches = wordBreaches('words', content.words, content.kind === 'synonyms' ? 2 : 1);
  if (content.kind === 'one-way') breaches.push(...wordBreaches('synonyms', content.synonyms, 1));
  if (content.kind === 'redirect' && !isTarget(content.url)) {
    breaches.push({
      path: 'url',
      message: `a path of the shop or an https address of at most ${ruleLimits.url} characters`,
    });
  }
  return breaches;
}

function wordBreaches(path: string, words: readonly string[], least: number): RuleBreach[] {
  const breaches: RuleBreach[] = [];
  const phrases = words.map((word) => phraseOf(word).join(' '));
  if (words.length > ruleLimits.words || new Set(phrases).size < least) {
    breaches.push({ path, message: `${least} to ${ruleLimits.words} different words` });
  }
  for (const [index, word] of words.entries()) {
    if (phrases[index] !== '' && word.length <= ruleLimits.length) continue;
    breaches.push({
      path: `${path}.${index}`,
      message: `one to ${ruleLimits.phrase} words, at most ${ruleLimits.length} characters (${ruleLimits.run} of scripts without spaces)`,
    });
  }
  return breaches;
}

/** Never another site without encryption, never a script, and nobody's password: every shopper sees it. */
function isTarget(url: string): boolean {
  // oxlint-disable-next-line eslint/no-control-regex
  if (url.length > ruleLimits.url || /[\s\\\u0000-\u001f]/.test(url)) return false;
  if (url.startsWith('/')) return !url.startsWith('//');
  // Without the slashes a browser takes it for a path, beside the page that it is on.
  const target = /^https:\/\/[^/]/i.test(url) ? URL.parse(url) : null;
  return target !== null && target.username === '' && target.password === '';
}
