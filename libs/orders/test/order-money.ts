import { newId } from '#libs/kernel';
import { PaymentReports } from '../../payments/src/model/payment-reports.js';
import { OrderDirectory } from '../src/authoring/order.directory.js';
import { OrderEditor } from '../src/authoring/order.editor.js';
import { OrderPaymentDirectory } from '../src/authoring/order-payment.directory.js';
import {
  OrderPaymentEditor,
  type PaymentCommand,
  type PaymentView,
} from '../src/authoring/order-payment.editor.js';
import type { LineQuantity } from '../src/model/fulfilment/line-progress.js';
import type { OrderAction } from '../src/model/order-state.js';
import type { OrderShop } from './order-shop.js';

/** What staff and the provider do about the money of the orders of a shop. */
export class OrderMoney {
  constructor(private readonly shop: OrderShop) {}

  at(id: string) {
    return { storeCode: this.shop.store.code, id };
  }

  /** `payment`: the one that the order was placed with. */
  async view(id: string) {
    return withFirst(await this.shop.app.get(OrderPaymentDirectory).get(this.at(id)));
  }

  order(id: string) {
    return this.shop.app.get(OrderDirectory).get(this.shop.store.code, id);
  }

  async act(id: string, command: PaymentCommand, key: string = newId()) {
    const editor = this.shop.app.get(OrderPaymentEditor);
    return withFirst(await editor.act(this.at(id), key, command));
  }

  refund(id: string, amountMinor: number, key?: string) {
    return this.act(
      id,
      { act: 'refund', wish: { kind: 'amount', amountMinor }, reason: null },
      key,
    );
  }

  async staff(id: string, action: OrderAction) {
    const { version } = await this.order(id);
    return this.shop.app.get(OrderEditor).act(this.at(id), version, { action, reason: null });
  }

  async cancelItems(id: string, items: readonly LineQuantity[]) {
    const { version } = await this.order(id);
    const part = { items, reason: null };
    return this.shop.app.get(OrderEditor).cancel(this.at(id), version, part, { refund: true });
  }

  /** What a provider says of the payment that the order was placed with, or of a later one; answers whether it was news. */
  async report(orderId: string, kind: 'authorised' | 'captured', amountMinor: number, place = 0) {
    const { payments } = await this.view(orderId);
    const of = payments[place];
    if (of === undefined) throw new RangeError('there is no such payment');
    const sight = { reference: `pi_${of.id}`, report: { kind, amountMinor }, failureCode: null };
    return this.shop.replica.unitOfWork.run((tx) =>
      this.shop.app.get(PaymentReports).takePayment(tx, { of, sight }),
    );
  }

  /** An order whose money staff saw. */
  async paid(...wanted: Parameters<OrderShop['place']>) {
    const placed = await this.shop.place(...wanted);
    await this.staff(placed.id, 'confirm-payment');
    return placed;
  }
}

function withFirst(view: PaymentView) {
  return { ...view, payment: view.payments[0] };
}
