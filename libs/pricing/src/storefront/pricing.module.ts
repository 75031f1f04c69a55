import { Module } from '@nestjs/common';
import { OfferedPriceViewRepository } from './offered-price-view.repository.js';
import { PriceListReader } from './price-list.reader.js';
import { PriceRecords } from './price-records.js';
import { PriceOffers } from './price-offers.js';
import { PriceReader } from './price.reader.js';

const providers = [
  PriceRecords,
  PriceReader,
  PriceListReader,
  PriceOffers,
  OfferedPriceViewRepository,
];

/** Prices as storefronts read them, from the cache. Needs the database and cache modules. */
@Module({ providers, exports: providers })
export class PricingModule {}
