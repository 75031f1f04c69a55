import { Module } from '@nestjs/common';
import { StockLedgerRepository } from './stock-ledger.repository.js';
import { StockTaker } from './stock-taker.js';

/** What other slices need of stock when they sell, or undo a sale. */
@Module({ providers: [StockLedgerRepository, StockTaker], exports: [StockTaker] })
export class InventoryModelModule {}
