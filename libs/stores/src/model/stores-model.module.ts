import { Module } from '@nestjs/common';
import { StoreDependants } from './store-dependants.js';
import { StoreLookup } from './store-lookup.js';
import { CARRIER } from './shipping/carrier.js';
import { TableCarrier } from './shipping/table-carrier.js';
import { StoreSettingsLookup } from './settings/store-settings-lookup.js';

/** What other slices need of stores when they write: finding them, and having a say in their changes. */
@Module({
  providers: [
    StoreLookup,
    StoreSettingsLookup,
    StoreDependants,
    { provide: CARRIER, useClass: TableCarrier },
  ],
  exports: [StoreLookup, StoreSettingsLookup, StoreDependants, CARRIER],
})
export class StoresModelModule {}
