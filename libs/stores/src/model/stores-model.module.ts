import { Module } from '@nestjs/common';
import { StoreDependants } from './store-dependants.js';
import { StoreLookup } from './store-lookup.js';

/** What other slices need of stores when they write: finding them, and having a say in their changes. */
@Module({
  providers: [StoreLookup, StoreDependants],
  exports: [StoreLookup, StoreDependants],
})
export class StoresModelModule {}
