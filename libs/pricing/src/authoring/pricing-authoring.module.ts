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

/**
 * Prices as the back office changes them. Global, because the slice that owns products finds
 * `PriceBook` here and provides `PricedProducts` in its turn: second doors do not know each other.
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
  ],
  exports: [PriceBook, PriceDirectory, PriceEditor],
})
export class PricingAuthoringModule {}
