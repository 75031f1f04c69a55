import type { LineQuantity } from './line-progress.js';

/** In characters. */
export const shipmentLimits = { carrier: 100, trackingNumber: 100, trackingUrl: 500 } as const;

/** Who carries a parcel, and where one sees how far it is. */
export interface Tracking {
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  /** http or https. */
  readonly trackingUrl: string | null;
}

/** What left in one parcel. */
export interface Shipment extends Tracking {
  readonly id: string;
  /** The entry of the order's history that tells of it. */
  readonly sequence: number;
  readonly items: readonly LineQuantity[];
  /** Epoch milliseconds. */
  readonly createdAt: number;
}
