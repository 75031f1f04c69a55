/** The customer who makes a request, as their session says. */
export interface Shopper {
  readonly customerId: string;
  /** The one store in which the customer is somebody. */
  readonly storeId: string;
  readonly storeCode: string;
  readonly session: { readonly id: string; readonly expiresAt: number };
}
