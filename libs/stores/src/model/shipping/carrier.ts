import type { Parcel, ShippingQuote } from './shipping-quote.js';
import type { ShippingMethod } from './shipping-method.js';

/** Who carries parcels: what it asks, and where one sees how far a parcel is. */
export interface Carrier {
  /** Asked for every look at a cart and outside of units of work; never throws for what it does not carry. */
  quote(method: ShippingMethod, parcel: Parcel): Promise<ShippingQuote>;

  /** null: parcels of the method cannot be followed. */
  trackingUrl(method: ShippingMethod, trackingNumber: string): string | null;
}

export const CARRIER = Symbol('Carrier');
