import { Module } from '@nestjs/common';
import { AvailabilityReader } from './availability.reader.js';

/** Stock as storefronts read it, from the cache. Needs the database and cache modules. */
@Module({ providers: [AvailabilityReader], exports: [AvailabilityReader] })
export class InventoryModule {}
