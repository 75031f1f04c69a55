import { Injectable } from '@nestjs/common';
import type { Carrier } from './carrier.js';
import { quoteShipping, type Parcel, type ShippingQuote } from './shipping-quote.js';
import type { ShippingMethod } from './shipping-method.js';
import { trackingUrlOf } from './tracking-url.js';

/** A carrier that asks what the method itself says: its flat price or its table. Nothing is waited for. */
@Injectable()
export class TableCarrier implements Carrier {
  quote(method: ShippingMethod, parcel: Parcel): Promise<ShippingQuote> {
    return Promise.resolve(quoteShipping(method, parcel));
  }

  trackingUrl({ carrier }: ShippingMethod, trackingNumber: string): string | null {
    const template = carrier?.trackingUrl ?? null;
    return template === null ? null : trackingUrlOf(template, trackingNumber);
  }
}
