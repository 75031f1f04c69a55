import { Injectable } from '@nestjs/common';
import { PriceOffers, type OfferedPrice } from '#libs/pricing';
import { BuyerSources } from '#libs/promotions';
import type { Cart } from '../model/cart.js';

/** Whose prices are asked for, as carts know them. */
type PriceHolder = Pick<Cart, 'storeId' | 'currency' | 'customerId' | 'email'>;

/** What products cost the one whose cart it is. */
@Injectable()
export class CartPrices {
  constructor(
    private readonly offers: PriceOffers,
    private readonly sources: BuyerSources,
  ) {}

  /** By variant, at an instant by the clock of the database; not inside a unit of work. */
  list(
    { storeId, currency, customerId, email }: PriceHolder,
    productIds: readonly string[],
    at: number,
  ): Promise<ReadonlyMap<string, OfferedPrice>> {
    const groupsOf = () => this.sources.groupsOf({ storeId, customerId, email });
    return this.offers.list({ storeId, currency, at, groupsOf }, productIds);
  }
}
