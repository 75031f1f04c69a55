import { Module } from '@nestjs/common';
import { StockHolds } from './stock-holds.js';
import { StockLedgerRepository } from './stock-ledger.repository.js';
import { StockTaker } from './stock-taker.js';

/** What other slices need of stock when they sell, undo a sale, or keep something for somebody. */
@Module({
  providers: [StockHolds, StockLedgerRepository, StockTaker],
  exports: [StockHolds, StockTaker],
})
export class InventoryModelModule {}
