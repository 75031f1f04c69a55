import { Injectable } from '@nestjs/common';
import { SqlReader } from '#libs/database';
import { StoreLookup } from '#libs/stores';
import { inventoryErrors } from '../model/inventory.errors.js';
import type { StoredStock } from '../model/stock.js';
import type { VariantAddress } from '../model/stocked-products.js';
import { StockItemRepository } from './stock-item.repository.js';

/** Stock as the back office reads it: what is committed, not what is cached. */
@Injectable()
export class StockDirectory {
  constructor(
    private readonly database: SqlReader,
    private readonly stores: StoreLookup,
    private readonly items: StockItemRepository,
  ) {}

  /** Throws `catalog.store-not-found`, `inventory.stock-not-found` (also for another store's). */
  async get({ storeCode, productId, variantId }: VariantAddress): Promise<StoredStock> {
    const { id } = await this.stores.getByCode(this.database, storeCode);
    const { stock } = await this.items.atMain(this.database, id, productId, variantId);
    if (stock === undefined) throw inventoryErrors.stockNotFound();
    return stock;
  }
}
