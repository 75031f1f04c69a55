import { Inject, Injectable } from '@nestjs/common';
import { CARRIER, type Carrier, type Parcel, type SalesSettings } from '#libs/stores';
import type { Cart } from '../model/cart.js';
import type { OfferedShipping, RefusedShipping } from '../model/priced-cart.js';

/** The ways in which a store ships a cart, and why not in the others. */
export interface CartShippingOffer {
  readonly offered: readonly OfferedShipping[];
  readonly refused: readonly RefusedShipping[];
}

/** Asks the carrier what the shipping of a cart costs, by every method of its store. */
@Injectable()
export class CartShipping {
  constructor(@Inject(CARRIER) private readonly carrier: Carrier) {}

  async offerFor(
    { allowedCountries, shippingMethods }: SalesSettings,
    { shippingAddress, currency }: Cart,
    goods: Omit<Parcel, 'currency' | 'place'>,
  ): Promise<CartShippingOffer> {
    const offered: OfferedShipping[] = [];
    const refused: RefusedShipping[] = [];
    const isSoldTo =
      shippingAddress === null ||
      allowedCountries.length === 0 ||
      allowedCountries.includes(shippingAddress.country);
    for (const method of shippingMethods) {
      const { code, name } = method;
      const pickUp = method.pickUp ?? null;
      const parcel = { ...goods, currency, place: shippingAddress };
      const quote =
        isSoldTo || pickUp !== null
          ? await this.carrier.quote(method, parcel)
          : ({ isOffered: false, reason: 'country-not-served' } as const);
      if (quote.isOffered) {
        const { priceMinor } = quote;
        offered.push({ code, name, priceMinor, pickUp, taxCategory: method.taxCategory ?? null });
      } else {
        refused.push({ code, name, reason: quote.reason });
      }
    }
    return { offered, refused };
  }
}
