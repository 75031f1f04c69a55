import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import { CARRIER, StoreSettingsLookup, type Carrier } from '#libs/stores';
import { shipmentLimits, type Tracking } from '../../model/fulfilment/shipment.js';
import type { Order } from '../../model/order.js';

/** What the shipping method of an order knows of its parcels; what was stated for a parcel stays. */
@Injectable()
export class ParcelTracking {
  constructor(
    private readonly settings: StoreSettingsLookup,
    @Inject(CARRIER) private readonly carrier: Carrier,
  ) {}

  /** A method that its store has given up since adds nothing. */
  async complete(tx: Transaction, order: Order, stated: Tracking): Promise<Tracking> {
    const { trackingNumber } = stated;
    if (trackingNumber === null) return stated;
    const { content } = await this.settings.get(tx, order.storeId, 'sales');
    const method = content.shippingMethods.find(({ code }) => code === order.shipping.method);
    if (method === undefined) return stated;
    const url = stated.trackingUrl ?? this.carrier.trackingUrl(method, trackingNumber);
    return {
      carrier: stated.carrier ?? method.carrier?.name ?? null,
      trackingNumber,
      trackingUrl: url !== null && url.length <= shipmentLimits.trackingUrl ? url : null,
    };
  }
}
