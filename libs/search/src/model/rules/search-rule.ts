/** What staff say about the words of a store. */
export type SearchRuleContent = RuleKind & {
  /** A language of the store, in which alone it holds; in all of them without one. */
  readonly locale?: string;
};

type RuleKind =
  /** Each is also found by every other. */
  | { readonly kind: 'synonyms'; readonly words: readonly string[] }
  /** Who searches for one of the words also finds the synonyms, but not the other way round. */
  | {
      readonly kind: 'one-way';
      readonly words: readonly string[];
      readonly synonyms: readonly string[];
    }
  /** Who searches for exactly one of the words is sent somewhere. */
  | { readonly kind: 'redirect'; readonly words: readonly string[]; readonly url: string }
  /** No query that has one of the words is suggested. */
  | { readonly kind: 'hidden'; readonly words: readonly string[] };

export interface SearchRule {
  readonly id: string;
  readonly storeId: string;
  readonly content: SearchRuleContent;
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export const ruleLimits = {
  /** Of a store. */
  rules: 500,
  /** On each side. */
  words: 10,
  /** Of a word or phrase. */
  length: 60,
  /** Words in a phrase. */
  phrase: 4,
  /** Characters of scripts without spaces in it: the pairs of a query are as many. */
  run: 17,
  /** Of a word of a query: those of the oldest rules. Each costs every search for the word. */
  synonyms: 30,
  url: 500,
} as const;
