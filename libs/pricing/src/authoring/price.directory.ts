import { Injectable } from '@nestjs/common';
import { SqlReader } from '#libs/database';
import { StoreLookup } from '#libs/stores';
import type { StoredPrice } from '../model/price.js';
import type { VariantAddress } from '../model/priced-products.js';
import { pricingErrors } from '../model/pricing.errors.js';
import { PriceRepository } from './price.repository.js';

/** Prices as the back office reads them: what is committed, not what is cached. */
@Injectable()
export class PriceDirectory {
  constructor(
    private readonly database: SqlReader,
    private readonly stores: StoreLookup,
    private readonly prices: PriceRepository,
  ) {}

  /** Throws `catalog.store-not-found`, `catalog.price-not-found` (also for another store's). */
  async get(address: VariantAddress, currency: string): Promise<StoredPrice> {
    const { storeCode, productId, variantId } = address;
    const { id } = await this.stores.getByCode(this.database, storeCode);
    const { prices } = await this.prices.inBaseList(this.database, id, currency, productId);
    const price = prices.get(variantId);
    if (price === undefined) throw pricingErrors.priceNotFound();
    return price;
  }
}
