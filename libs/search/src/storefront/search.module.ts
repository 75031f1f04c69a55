import { Module } from '@nestjs/common';
import { provide } from '#libs/cache';
import { CatalogModule } from '#libs/catalog';
import { InventoryModule } from '#libs/inventory';
import { PricingModule } from '#libs/pricing';
import { StoresModelModule, StoresModule } from '#libs/stores';
import { FacetSettingsLookup } from '../model/facets/facet-settings-lookup.js';
import { SEARCH_ENGINE } from './engine/search-engine.js';
import { FacetSettingsReader } from './facets/facet-settings.reader.js';
import { CatalogIndexSource } from './following/catalog-index-source.js';
import { SearchIndex } from './following/search-index.js';
import { SearchIndexHealth } from './following/search-index-health.js';
import { KeptIndexes } from './keeping/kept-indexes.js';
import { ProductFacetsReader } from './listing/product-facets.reader.js';
import { ProductListReader } from './listing/product-list.reader.js';
import { QueryAdvice } from './listing/query-advice.js';
import { QueryLexiconReader } from './listing/query-lexicon.reader.js';
import { SelectionReader } from './listing/selection.reader.js';
import { SegmentMerging } from './merging/segment-merging.js';
import { MissRecorder } from './misses/miss.recorder.js';
import { MissRepository } from './misses/miss.repository.js';
import { SearchNoter } from './noting/search-noter.js';
import { PopularQueriesReader } from './queries/popular-queries.reader.js';
import { PopularQueryRecorder } from './queries/popular-query.recorder.js';
import { PopularQueryViewRepository } from './queries/popular-query-view.repository.js';
import { PopularQueryRepository } from './queries/popular-query.repository.js';
import { SearchRuleViewRepository } from './rules/search-rule-view.repository.js';
import { SearchRulesReader } from './rules/search-rules.reader.js';
import { StoreCountsReader } from './suggesting/store-counts.reader.js';
import { SuggestionReader } from './suggesting/suggestion.reader.js';

/** Search in memory, and the lists that come of it. Needs the database and cache modules. */
@Module({
  imports: [CatalogModule, InventoryModule, PricingModule, StoresModule, StoresModelModule],
  providers: [
    CatalogIndexSource,
    SearchIndex,
    provide(SEARCH_ENGINE, [SearchIndex], ({ engine }) => engine),
    SearchIndexHealth,
    KeptIndexes,
    SegmentMerging,
    SearchRuleViewRepository,
    SearchRulesReader,
    FacetSettingsLookup,
    FacetSettingsReader,
    MissRepository,
    MissRecorder,
    PopularQueryViewRepository,
    PopularQueryRepository,
    PopularQueryRecorder,
    PopularQueriesReader,
    SearchNoter,
    QueryAdvice,
    QueryLexiconReader,
    SelectionReader,
    ProductFacetsReader,
    ProductListReader,
    StoreCountsReader,
    SuggestionReader,
  ],
  exports: [ProductListReader, SearchNoter, SuggestionReader],
})
export class SearchModule {}
