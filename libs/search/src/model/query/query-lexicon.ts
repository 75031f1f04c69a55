import type { CategoryNames } from '../index/category-names.js';
import { NO_RULES, type CompiledRules } from '../rules/compile-rules.js';

/** What a store says of words, in one of its languages. */
export interface QueryLexicon {
  readonly rules: CompiledRules;
  /** Undefined: no word is answered by the category of a product. */
  readonly categories: CategoryNames | undefined;
}

export const NO_LEXICON: QueryLexicon = { rules: NO_RULES, categories: undefined };
