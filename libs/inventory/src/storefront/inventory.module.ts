import { Module } from '@nestjs/common';
import { AvailabilityReader } from './availability.reader.js';
import { AvailabilityRecords } from './availability-records.js';
import { BestAvailabilityViewRepository } from './best-availability-view.repository.js';

const providers = [AvailabilityRecords, AvailabilityReader, BestAvailabilityViewRepository];

/** Stock as storefronts read it, from the cache. Needs the database and cache modules. */
@Module({ providers, exports: providers })
export class InventoryModule {}
