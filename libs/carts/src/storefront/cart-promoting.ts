import { Injectable } from '@nestjs/common';
import { SellableReader, type Sellable } from '#libs/catalog';
import {
  PromotionOffers,
  type BasketLine,
  type Offer,
  type OfferedBasket,
  type OfferTrial,
  type PromotionCheck,
  type PromotionOutcome,
} from '#libs/promotions';
import type { Cart, CartLine } from '../model/cart.js';
import type { CartPromotions } from '../model/priced-cart.js';
import type { Discount } from '../model/totals/totals.js';

/** What is known of a line that can be ordered. */
interface PricedFacts {
  readonly line: CartLine;
  readonly sellable: Sellable | undefined;
  readonly unitPriceMinor: number | undefined;
}

/** The promotions for a cart; evaluated for whatever its shipping costs. */
export class CartOffer {
  constructor(
    private readonly offer: Offer,
    private readonly basket: Omit<OfferedBasket, 'shippingMinor'>,
  ) {}

  evaluate(shippingMinor: number): PromotionOutcome[] {
    return this.offer.evaluate({ ...this.basket, shippingMinor });
  }

  checksOf(promotionId: string, shippingMinor: number): PromotionCheck[] {
    return this.offer.checksOf(promotionId, { ...this.basket, shippingMinor });
  }

  promotionsOf(outcomes: readonly PromotionOutcome[]): CartPromotions {
    return {
      outcomes,
      coupons: this.offer.couponOutcomes(outcomes),
      uses: this.offer.usesOf(outcomes),
    };
  }
}

/** Asks what the store takes off a cart. */
@Injectable()
export class CartPromoting {
  constructor(
    private readonly offers: PromotionOffers,
    private readonly sellables: SellableReader,
  ) {}

  async offerFor(
    cart: Cart,
    priced: readonly PricedFacts[],
    at: number,
    trial?: OfferTrial,
  ): Promise<CartOffer> {
    const { storeId, customerId, currency, coupons, email } = cart;
    const buyer = { storeId, customerId, email };
    const offer = await this.offers.offerFor({ buyer, currency, coupons, at, trial });
    const lines = await this.linesOf(cart, priced, offer.needsCategories);
    return new CartOffer(offer, { currency, lines, at });
  }

  private async linesOf(
    cart: Cart,
    priced: readonly PricedFacts[],
    needsCategories: boolean,
  ): Promise<BasketLine[]> {
    const sold = priced.flatMap(({ sellable }) => sellable ?? []);
    const paths = needsCategories
      ? await this.sellables.categoryPaths(cart, sold)
      : new Map<string, readonly string[]>();
    return priced.map(({ line, sellable, unitPriceMinor }) => ({
      lineId: line.id,
      sku: sellable?.sku ?? null,
      categoryIds: paths.get(sellable?.categoryId ?? '') ?? [],
      quantity: line.quantity,
      unitPriceMinor: unitPriceMinor ?? 0,
    }));
  }
}

/** What is taken off, as totals are calculated with it. */
export function discountsOf(outcomes: readonly PromotionOutcome[]): Discount[] {
  return outcomes.filter((outcome) => outcome.isApplied);
}
