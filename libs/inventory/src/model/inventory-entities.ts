import { LocationEntity } from './location.entity.js';
import { StockHoldEntity } from './stock-hold.entity.js';
import { StockItemEntity } from './stock-item.entity.js';
import { StockLedgerEntity } from './stock-ledger.entity.js';

/** What the data source must know to write stock. */
export const inventoryEntities = [
  LocationEntity,
  StockHoldEntity,
  StockItemEntity,
  StockLedgerEntity,
];
