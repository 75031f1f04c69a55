import { Injectable } from '@nestjs/common';
import { ProductCardReader } from '#libs/catalog';
import { StoreReader } from '#libs/stores';
import { replaceWords, writtenAs } from '../../model/query/correct-query.js';
import { parseQuery } from '../../model/query/parse-query.js';
import type { SearchSelection } from '../../model/query/search-query.js';
import { redirectOf } from '../../model/rules/compile-rules.js';
import { languageOf } from '../../model/text/language.js';
import type { StoreSearch } from '../engine/search-engine.js';
import { MissRecorder } from '../misses/miss.recorder.js';
import { PopularQueryRecorder } from '../queries/popular-query.recorder.js';
import { SearchRulesReader } from '../rules/search-rules.reader.js';
import type { ProductListKey } from './product-query.js';

/** Products whose names show how words are written. */
const SHOWN = 3;

/** What there is to say of the query of a list beside its products. */
@Injectable()
export class QueryAdvice {
  constructor(
    private readonly stores: StoreReader,
    private readonly cards: ProductCardReader,
    private readonly rules: SearchRulesReader,
    private readonly misses: MissRecorder,
    private readonly popular: PopularQueryRecorder,
  ) {}

  /** Where staff want who asks for it to be sent. */
  async redirect(key: ProductListKey): Promise<string | undefined> {
    const { q } = key.filter;
    if (q === undefined || key.after !== undefined) return undefined;
    return redirectOf(await this.rules.get(key), q);
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
    const rules = await this.rules.get(key);
    const parse = (text: string) => parseQuery(text, languageOf(locale), rules);
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

  /** Notes what was searched for, and whether there was anything: words alone, not filters that leave nothing. */
  async note(
    { storeCode, locale, filter, after }: ProductListKey,
    isFound: boolean,
  ): Promise<void> {
    const { q, brands, attributes, ...others } = filter;
    const isNarrowed =
      brands.length > 0 || Object.keys(attributes).length > 0 || Object.keys(others).length > 0;
    if (q === undefined || isNarrowed || after !== undefined) return;
    const { id } = await this.stores.get(storeCode);
    (isFound ? this.popular : this.misses).note(id, locale, q);
  }
}
