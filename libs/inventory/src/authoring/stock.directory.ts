import { Injectable } from '@nestjs/common';
import { SqlReader } from '#libs/database';
import { StoreLookup } from '#libs/stores';
import { inventoryErrors } from '../model/inventory.errors.js';
import { MAIN_LOCATION } from '../model/main-location.js';
import type { StoredStock } from '../model/stock.js';
import type { VariantAddress } from '../model/stocked-products.js';
import { LocationRepository, type StoredLocation } from './location.repository.js';
import { StockItemRepository, type MovedStock } from './stock-item.repository.js';

/** Stock as the back office reads it: what is committed, not what is cached. */
@Injectable()
export class StockDirectory {
  constructor(
    private readonly database: SqlReader,
    private readonly stores: StoreLookup,
    private readonly items: StockItemRepository,
    private readonly locations: LocationRepository,
  ) {}

  /** Throws `catalog.store-not-found`, `inventory.stock-not-found` (also for another store's). */
  async get({ storeCode, productId, variantId }: VariantAddress): Promise<StoredStock> {
    const { id } = await this.stores.getByCode(this.database, storeCode);
    const place = { storeId: id, code: MAIN_LOCATION, productId, variantId };
    const { stock } = await this.items.at(this.database, place);
    if (stock === undefined) throw inventoryErrors.stockNotFound();
    return stock;
  }

  /** In the order of the codes. Throws `catalog.store-not-found`. */
  async listLocations(storeCode: string): Promise<StoredLocation[]> {
    const { id } = await this.stores.getByCode(this.database, storeCode);
    return this.locations.list(this.database, id);
  }

  /** What is on hand at each location that keeps the variant. Throws `catalog.store-not-found`. */
  async listPlaces({ storeCode, productId, variantId }: VariantAddress): Promise<MovedStock[]> {
    const { id } = await this.stores.getByCode(this.database, storeCode);
    return this.items.listPlaces(this.database, id, { productId, variantId });
  }
}
