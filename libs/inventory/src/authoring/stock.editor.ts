import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Transaction } from '#libs/database';
import { staleVersion } from '#libs/kernel';
import { inventoryErrors } from '../model/inventory.errors.js';
import { inventoryTags } from '../model/inventory.tags.js';
import { MAIN_LOCATION } from '../model/main-location.js';
import {
  availabilityOf,
  NO_STOCK,
  settledStock,
  stockBreaches,
  type StoredStock,
  type VariantStock,
} from '../model/stock.js';
import { StockedProducts, type VariantAddress } from '../model/stocked-products.js';
import { LocationRepository } from './location.repository.js';
import { StockItemRepository } from './stock-item.repository.js';
import { StockLedgerRepository } from '../model/stock-ledger.repository.js';

/**
 * Stock, as the back office corrects it; one unit of work each, of at most six statements once the
 * store has a location. Every change is based on the version of the stock (`http.stale-version` when
 * that is not the current one; 0 stands for none yet), has its ledger row, and is audited. It
 * invalidates only where shoppers see something else; texts, prices and lists stay valid. A change
 * that changes nothing writes, audits and invalidates nothing.
 */
@Injectable()
export class StockEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly products: StockedProducts,
    private readonly locations: LocationRepository,
    private readonly items: StockItemRepository,
    private readonly ledger: StockLedgerRepository,
  ) {}

  /** Throws `inventory.stock-invalid`, and what {@link StockedProducts.lock} throws. */
  set(
    address: VariantAddress,
    version: number,
    stated: Omit<VariantStock, 'version'>,
  ): Promise<StoredStock> {
    const errors = stockBreaches(stated);
    return this.unitOfWork.run(async (tx) => {
      const { storeId } = await this.products.lock(tx, address);
      if (errors.length > 0) throw inventoryErrors.stockInvalid({ details: { errors } });
      const { productId, variantId } = address;
      const found = await this.items.at(tx, {
        storeId,
        code: MAIN_LOCATION,
        productId,
        variantId,
      });
      const before = found.stock ?? NO_STOCK;
      const after = settledStock(before, { ...stated, version });
      if (after === before) return before;
      const locationId = found.locationId ?? (await this.locations.ensureMain(tx, storeId));
      await this.write(tx, { locationId, productId, variantId }, before, after);
      return after;
    });
  }

  private async write(
    tx: Transaction,
    place: { readonly locationId: string; readonly productId: string; readonly variantId: string },
    before: StoredStock,
    after: StoredStock,
  ): Promise<void> {
    const { locationId, productId, variantId } = place;
    if (before.version === 0) await this.items.insert(tx, place, after);
    else if (!(await this.items.update(tx, place, after))) throw staleVersion(before.version);
    const quantity = after.onHand - before.onHand;
    await this.ledger.record(tx, [{ variantId, locationId, quantity, reason: 'correction' }]);
    const isShownOtherwise =
      before.version === 0 || availabilityOf(before) !== availabilityOf(after);
    if (isShownOtherwise) tx.invalidate(inventoryTags.availability(productId));
    tx.audit({
      action: 'inventory:stock:set',
      entity: 'stock',
      entityId: variantId,
      before: { productId, stock: before },
      after: { productId, stock: after },
    });
  }
}
