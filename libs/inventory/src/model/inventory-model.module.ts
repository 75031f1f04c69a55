import { Module } from '@nestjs/common';
import { LocationCodes } from './location-codes.js';
import { StockHolds } from './stock-holds.js';
import { StockLedgerRepository } from './stock-ledger.repository.js';
import { StockTaker } from './stock-taker.js';

/** What other slices need of stock when they sell, undo a sale, or keep something for somebody. */
@Module({
  providers: [LocationCodes, StockHolds, StockLedgerRepository, StockTaker],
  exports: [LocationCodes, StockHolds, StockTaker],
})
export class InventoryModelModule {}
