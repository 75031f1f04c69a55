import { Injectable } from '@nestjs/common';
import { SellableReader } from '#libs/catalog';
import { DatabaseClock } from '#libs/database';
import type { OfferedPrice } from '#libs/pricing';
import type { StoreSight } from '#libs/stores';
import type { CartOwner } from '../model/cart.js';
import { CartPrices } from './cart-prices.js';

/** What the variants of a product cost somebody, by variant; one that is not sold in the currency is not there. */
export interface ShopperProductPrices {
  readonly productId: string;
  readonly variants: ReadonlyMap<string, OfferedPrice>;
}

/**
 * What products cost the one who looks at them, as their cart will say. Product pages, lists and searches are
 * the same for everybody, so that every cache may keep them, and show base prices; this is asked beside them.
 */
@Injectable()
export class ShopperPrices {
  constructor(
    private readonly clock: DatabaseClock,
    private readonly sellables: SellableReader,
    private readonly prices: CartPrices,
  ) {}

  /**
   * In the order of the ids, each once; what shoppers of the store may not see is left out. A customer of
   * another store is in no group of this one.
   */
  async list(
    { store, locale, currency }: StoreSight,
    customer: CartOwner | undefined,
    productIds: readonly string[],
  ): Promise<ShopperProductPrices[]> {
    const ids = [...new Set(productIds)];
    const sold = await this.sellables.list({ storeCode: store.code, locale }, ids);
    const visible = new Set([...sold.values()].map(({ productId }) => productId));
    const shown = ids.filter((id) => visible.has(id));
    const customerId = customer?.customerId ?? null;
    const buyer = { storeId: store.id, currency, customerId, email: null };
    const prices = await this.prices.list(buyer, shown, this.clock.wallMs());
    const byProduct = new Map(shown.map((id) => [id, new Map<string, OfferedPrice>()]));
    for (const { variantId, productId } of sold.values()) {
      const price = prices.get(variantId);
      if (price !== undefined) byProduct.get(productId)?.set(variantId, price);
    }
    return [...byProduct].map(([productId, variants]) => ({ productId, variants }));
  }
}
