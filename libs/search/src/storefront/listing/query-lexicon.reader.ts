import { Injectable } from '@nestjs/common';
import { CategoryTreeReader, type CategoryTree } from '#libs/catalog';
import { CategoryNames } from '../../model/index/category-names.js';
import type { QueryLexicon } from '../../model/query/query-lexicon.js';
import { languageOf } from '../../model/text/language.js';
import { SearchRulesReader } from '../rules/search-rules.reader.js';
import { LabelIndexes } from '../suggesting/label-indexes.js';

/** What a store says of words in one of its languages: every list that was made with it follows a change of a rule or a category. */
@Injectable()
export class QueryLexiconReader {
  private readonly labels = new LabelIndexes();
  /** The last one made with each tree. */
  private readonly known = new WeakMap<CategoryTree, QueryLexicon>();

  constructor(
    private readonly rules: SearchRulesReader,
    private readonly categories: CategoryTreeReader,
  ) {}

  /** The same object until a rule or a category changes. Throws `catalog.store-not-found`. */
  async get(key: { readonly storeCode: string; readonly locale: string }): Promise<QueryLexicon> {
    const { storeCode, locale } = key;
    const rules = await this.rules.get(key);
    const tree = await this.categories.tree(storeCode, locale);
    const known = this.known.get(tree);
    if (known?.rules === rules) return known;
    const labels = await this.labels.of(
      `${storeCode} ${locale}`,
      tree,
      (source) => CategoryNames.labelsOf(source),
      languageOf(locale),
    );
    const lexicon = { rules, categories: new CategoryNames(tree, labels) };
    this.known.set(tree, lexicon);
    return lexicon;
  }
}
