import { Module } from '@nestjs/common';
import { PriceReader } from './price.reader.js';

/** Prices as storefronts read them, from the cache. Needs the database and cache modules. */
@Module({ providers: [PriceReader], exports: [PriceReader] })
export class PricingModule {}
