import { Global, Module } from '@nestjs/common';
import { DatabaseModule } from '#libs/database';
import { StoresModelModule } from '#libs/stores';
import { inventoryEntities } from '../model/inventory-entities.js';
import { StockBook } from '../model/stock-book.js';
import { StockHolds } from '../model/stock-holds.js';
import { ReleaseHoldsHandler } from './holds/release-holds.handler.js';
import { InventoryStoreDependant } from './inventory-store-dependant.js';
import { LocationEditor } from './location.editor.js';
import { LocationRepository } from './location.repository.js';
import { StockBookRepository } from './stock-book.repository.js';
import { StockItemRepository } from './stock-item.repository.js';
import { StockLedgerRepository } from '../model/stock-ledger.repository.js';
import { StockDirectory } from './stock.directory.js';
import { StockEditor } from './stock.editor.js';
import { StockMover } from './stock-mover.js';

/**
 * Stock as the back office changes it. Global, because the slice that owns products finds `StockBook`
 * here and provides `StockedProducts` in its turn: second doors do not know each other.
 */
@Global()
@Module({
  imports: [DatabaseModule.forEntities(inventoryEntities), StoresModelModule],
  providers: [
    LocationRepository,
    StockItemRepository,
    StockLedgerRepository,
    StockHolds,
    ReleaseHoldsHandler,
    { provide: StockBook, useClass: StockBookRepository },
    InventoryStoreDependant,
    StockDirectory,
    StockEditor,
    StockMover,
    LocationEditor,
  ],
  exports: [StockBook, StockDirectory, StockEditor, StockMover, LocationEditor],
})
export class InventoryAuthoringModule {}
