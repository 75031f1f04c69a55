import { Module } from '@nestjs/common';
import { CategoryTreeViewRepository, PublishedProductViewRepository } from '#libs/catalog';
import { BestAvailabilityViewRepository } from '#libs/inventory';
import { OfferedPriceViewRepository } from '#libs/pricing';
import { StoresModelModule } from '#libs/stores';
import { CatalogIndexSource } from '../storefront/following/catalog-index-source.js';
import { FacetSettingsLookup } from '../model/facets/facet-settings-lookup.js';
import { SegmentMerging } from '../storefront/merging/segment-merging.js';
import { ExplainedIndex } from './explaining/explained-index.js';
import { SearchRuleViewRepository } from '../storefront/rules/search-rule-view.repository.js';
import { SearchExplainer } from './explaining/search.explainer.js';
import { FacetSettingsDirectory } from './facets/facet-settings.directory.js';
import { FacetSettingsEditor } from './facets/facet-settings.editor.js';
import { MissDirectory } from './misses/miss.directory.js';
import { MissPruner } from './misses/miss.pruner.js';
import { PopularQueryDirectory } from './queries/popular-query.directory.js';
import { PopularQueryPruner } from './queries/popular-query.pruner.js';
import { SearchRuleDirectory } from './rules/search-rule.directory.js';
import { SearchRuleEditor } from './rules/search-rule.editor.js';
import { SearchRuleRepository } from './rules/search-rule.repository.js';
import { SearchTagDeriver } from './search-tag.deriver.js';
import { SearchStoreDependant } from './search-store-dependant.js';

/** Search as the back office works on it. Needs the database and cache modules. */
@Module({
  imports: [StoresModelModule],
  providers: [
    CategoryTreeViewRepository,
    PublishedProductViewRepository,
    OfferedPriceViewRepository,
    BestAvailabilityViewRepository,
    CatalogIndexSource,
    SearchRuleViewRepository,
    SegmentMerging,
    ExplainedIndex,
    SearchExplainer,
    SearchRuleRepository,
    SearchRuleDirectory,
    SearchRuleEditor,
    FacetSettingsLookup,
    FacetSettingsDirectory,
    FacetSettingsEditor,
    MissDirectory,
    MissPruner,
    PopularQueryDirectory,
    PopularQueryPruner,
    SearchStoreDependant,
    SearchTagDeriver,
  ],
  exports: [
    SearchExplainer,
    SearchRuleDirectory,
    SearchRuleEditor,
    FacetSettingsDirectory,
    FacetSettingsEditor,
    MissDirectory,
    PopularQueryDirectory,
  ],
})
export class SearchAuthoringModule {}
