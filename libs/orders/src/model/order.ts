import type { AppliedDiscount, TaxLine } from '#libs/carts';
import type { Address } from '#libs/kernel';
import type { PaymentHappening, PaymentMethod } from '#libs/payments';
import type { OrderAwaits } from './confirming/order-awaits.js';
import type { TakenPart } from './fulfilment/line-pieces.js';
import type { OrderAction, OrderPaymentState, OrderState } from './order-state.js';

/** What was agreed for one line: everything that a refund or an invoice needs is stored with it. */
export interface OrderLine {
  readonly productId: string;
  readonly variantId: string;
  readonly sku: string | null;
  readonly name: string;
  readonly optionValues: readonly string[];
  readonly quantity: number;
  /** The variant's stock is counted, and was taken. */
  readonly isStockTaken: boolean;
  /** Where, in the order in which its pieces go; empty: nothing was taken. */
  readonly takenFrom: readonly TakenPart[];
  /** There was too little of it when its stock was to be taken; it cannot go before there is. */
  readonly isDelayed: boolean;
  readonly unitPriceMinor: number;
  readonly subtotalMinor: number;
  readonly discountMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
  readonly discounts: readonly AppliedDiscount[];
  readonly taxes: readonly TaxLine[];
}

/** What one promotion took off an order, as prices are written in the store: with or without tax. */
export interface OrderPromotion {
  readonly promotion: string;
  readonly version: number;
  readonly name: string;
  /** The code that opened it; null: it applied by itself. */
  readonly coupon: string | null;
  /** Off the goods. */
  readonly amountMinor: number;
  readonly shippingMinor: number;
  /** Of which lines how much: the places of the lines in the order, from 1. */
  readonly allocations: readonly { readonly line: number; readonly amountMinor: number }[];
}

export interface OrderShipping {
  readonly method: string;
  readonly name: string;
  /** Code of the location where it is fetched; absent or null: it is sent. */
  readonly pickUpLocation?: string | null;
}

/** What staff do to the payment of an order, beside its actions. */
export type PaymentAct = 'capture' | 'void' | 'refund';

/** What the shop does about a balance whose payment the provider has let go of. */
export type BalanceAct = 'balance-asked';

/** What is done about the pieces of an order, beside its actions, and about what was sent of it by mail. */
export type FulfilmentAct =
  | 'cancel-items'
  | 'edit'
  | 'resend-confirmation'
  | 'return-requested'
  | 'return-received'
  | 'return-closed'
  | 'return-rejected';

/** What became of an order that was accepted before its stock was taken. */
export type ConfirmingAct = 'stock-confirmed' | 'stock-delayed';

export interface OrderTransition {
  readonly sequence: number;
  readonly action:
    | 'place'
    | OrderAction
    | PaymentAct
    | BalanceAct
    | FulfilmentAct
    | PaymentHappening
    | ConfirmingAct;
  /** Who did it; null: the shopper. */
  readonly actor: string | null;
  readonly reason: string | null;
  /** Epoch milliseconds. */
  readonly occurredAt: number;
}

/** An order without its lines. Amounts: `subtotal - discount + shipping + tax = total`, in minor units. */
export interface OrderHead {
  readonly id: string;
  readonly storeId: string;
  readonly storeCode: string;
  readonly number: string;
  /** Who placed it; null: a guest. */
  readonly customerId: string | null;
  readonly state: OrderState;
  readonly paymentState: OrderPaymentState;
  /** null: nothing; its stock was taken. */
  readonly awaits: OrderAwaits | null;
  readonly paymentMethod: PaymentMethod;
  readonly currency: string;
  readonly locale: string;
  readonly email: string;
  readonly shippingAddress: Address;
  readonly billingAddress: Address;
  readonly shipping: OrderShipping;
  readonly taxes: readonly TaxLine[];
  readonly promotions: readonly OrderPromotion[];
  readonly pricesIncludeTax: boolean;
  readonly subtotalMinor: number;
  readonly discountMinor: number;
  readonly shippingMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
  /** Position of the log at which its prices, taxes and texts held. */
  readonly plannedAt: number;
  readonly version: number;
  /** Epoch milliseconds. */
  readonly placedAt: number;
  readonly updatedAt: number;
}

export interface Order extends OrderHead {
  readonly lines: readonly OrderLine[];
  readonly transitions: readonly OrderTransition[];
}
