import { Global, Module } from '@nestjs/common';
import { DatabaseModule } from '#libs/database';
import { StoresModelModule } from '#libs/stores';
import { PriceBook } from '../model/price-book.js';
import { pricingEntities } from '../model/pricing-entities.js';
import { PriceBookRepository } from './price-book.repository.js';
import { PriceListRepository } from './price-list.repository.js';
import { PriceDirectory } from './price.directory.js';
import { PriceEditor } from './price.editor.js';
import { PriceRepository } from './price.repository.js';
import { PricingStoreDependant } from './pricing-store-dependant.js';
import { RelativeListDirectory } from './relative-list/relative-list.directory.js';
import { RelativeListEditor } from './relative-list/relative-list.editor.js';
import { RelativeListRepository } from './relative-list/relative-list.repository.js';
import { RepriceProductsHandler } from './repricing/reprice-products.handler.js';
import { RepricedPriceRepository } from './repricing/repriced-price.repository.js';
import { RepricingForecast } from './repricing/repricing-forecast.js';
import { RepricingPlan } from './repricing/repricing-plan.js';
import { RepricingDirectory } from './repricing/repricing.directory.js';
import { RepricingEditor } from './repricing/repricing.editor.js';
import { RepricingPruner } from './repricing/repricing.pruner.js';
import { RepricingRepository } from './repricing/repricing.repository.js';
import { RepricingWriter } from './repricing/repricing.writer.js';

/**
 * Prices as the back office changes them. Global, because the slice that owns products finds
 * `PriceBook` here and provides `PricedProducts` and `SelectedProducts` in its turn: second doors do not know each other.
 */
@Global()
@Module({
  imports: [DatabaseModule.forEntities(pricingEntities), StoresModelModule],
  providers: [
    PriceListRepository,
    PriceRepository,
    { provide: PriceBook, useClass: PriceBookRepository },
    PricingStoreDependant,
    PriceDirectory,
    PriceEditor,
    RelativeListRepository,
    RelativeListDirectory,
    RelativeListEditor,
    RepricingRepository,
    RepricedPriceRepository,
    RepricingPlan,
    RepricingWriter,
    RepricingEditor,
    RepricingForecast,
    RepricingDirectory,
    RepriceProductsHandler,
    RepricingPruner,
  ],
  exports: [
    PriceBook,
    PriceDirectory,
    PriceEditor,
    RelativeListDirectory,
    RelativeListEditor,
    RepricingDirectory,
    RepricingEditor,
    RepricingForecast,
  ],
})
export class PricingAuthoringModule {}
