import { newId } from '#libs/kernel';
import { OrderEditEditor } from '../src/authoring/editing/order-edit.editor.js';
import type { OrderMoney } from './order-money.js';
import type { OrderShop } from './order-shop.js';

const PAD_MINOR = 1_000;
const SHIPPING = 490;

/** What so many pads come to. */
export const totalOf = (quantity: number) => quantity * PAD_MINOR + SHIPPING;

/** Edits of orders of pads, which the shop sells for 10.00 and ships for 4.90. */
export class PadEdits {
  constructor(
    private readonly shop: OrderShop,
    private readonly money: OrderMoney,
  ) {}

  /** The order becomes so many pads, at its version or the given one. */
  async to(id: string, quantity: number, given?: number) {
    const { version } = await this.money.order(id);
    return this.shop.app.get(OrderEditEditor).edit(
      this.money.at(id),
      { items: [{ sku: 'PAD', quantity }], agreedPrices: [], reason: 'she called' },
      {
        key: newId(),
        version: given ?? version,
        expectedTotal: { amount: totalOf(quantity), currency: 'EUR' },
      },
    );
  }

  /** What is there of the money of an order. */
  async sums(id: string) {
    const { payments, refunds } = await this.money.view(id);
    const sumOf = (amountOf: (payment: (typeof payments)[number]) => number) =>
      payments.reduce((sum, payment) => sum + amountOf(payment), 0);
    return {
      payments,
      refunds,
      captured: sumOf(({ capturedMinor }) => capturedMinor),
      pending: sumOf(({ refundPendingMinor }) => refundPendingMinor),
      refunded: sumOf(({ refundedMinor }) => refundedMinor),
    };
  }
}
