import { Module } from '@nestjs/common';
import { CategoryTreeViewRepository, PublishedProductViewRepository } from '#libs/catalog';
import { BestAvailabilityViewRepository } from '#libs/inventory';
import { OfferedPriceViewRepository } from '#libs/pricing';
import { StoresModelModule } from '#libs/stores';
import { CatalogIndexSource } from '../storefront/following/catalog-index-source.js';
import { ExplainedIndex } from './explaining/explained-index.js';
import { SearchExplainer } from './explaining/search.explainer.js';

/** Search as the back office works on it. Needs the database and cache modules. */
@Module({
  imports: [StoresModelModule],
  providers: [
    CategoryTreeViewRepository,
    PublishedProductViewRepository,
    OfferedPriceViewRepository,
    BestAvailabilityViewRepository,
    CatalogIndexSource,
    ExplainedIndex,
    SearchExplainer,
  ],
  exports: [SearchExplainer],
})
export class SearchAuthoringModule {}
