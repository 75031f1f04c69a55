import { Injectable } from '@nestjs/common';
import { ProductCardReader } from '#libs/catalog';
import { replaceWords, writtenAs } from '../../model/query/correct-query.js';
import { parseQuery } from '../../model/query/parse-query.js';
import type { SearchSelection } from '../../model/query/search-query.js';
import { redirectOf } from '../../model/rules/compile-rules.js';
import { languageOf } from '../../model/text/language.js';
import type { StoreSearch } from '../engine/search-engine.js';
import type { ProductListKey } from './product-query.js';
import { QueryLexiconReader } from './query-lexicon.reader.js';

/** Products whose names show how words are written. */
const SHOWN = 3;

/** What there is to say of the query of a list beside its products. */
@Injectable()
export class QueryAdvice {
  constructor(
    private readonly cards: ProductCardReader,
    private readonly lexicons: QueryLexiconReader,
  ) {}

  /** Where staff want who asks for it to be sent. */
  async redirect(key: ProductListKey): Promise<string | undefined> {
    const { q } = key.filter;
    if (q === undefined || key.after !== undefined) return undefined;
    const { rules } = await this.lexicons.get(key);
    return redirectOf(rules, q);
  }

  /** What was probably meant, with its new words written as products that answer it have them. */
  async didYouMean(
    key: ProductListKey,
    search: StoreSearch,
    selection: SearchSelection,
    total: number,
  ): Promise<string | undefined> {
    const { locale, filter } = key;
    const query = filter.q ?? '';
    const lexicon = await this.lexicons.get(key);
    const parse = (text: string) => parseQuery(text, languageOf(locale), lexicon);
    const corrected = await search.correct({ query, parse, selection, total });
    if (corrected === undefined) return undefined;
    const words = parse(corrected.query);
    const page = { locale, sort: 'relevance', limit: SHOWN, after: undefined } as const;
    const { ids } = await search.page({ ...selection, words }, page);
    const cards = await this.cards.list(key, ids);
    const texts = cards.flatMap(({ name, brand }) => (brand === null ? [name] : [name, brand]));
    const written = corrected.terms.map((term) => [term, writtenAs(term, texts)] as const);
    return replaceWords(corrected.query, new Map(written));
  }
}
