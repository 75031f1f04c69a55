import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { CustomerLookup, customersErrors } from '#libs/customers';
import type { Address } from '#libs/kernel';
import { OrderBilling } from '../../model/order-billing.js';
import { OrderMoves } from '../../model/order-moves.js';
import type { Order } from '../../model/order.js';
import { OrderRepository } from '../../storefront/order.repository.js';
import { allowedState } from '../allowed-state.js';
import { OrderChanges, type OrderAddress } from '../order-changes.js';
import { tellShopper } from '../tell-shopper.js';
import { refusedEdit } from './refused-edit.js';

export interface NewBillingAddress {
  readonly billingAddress: Address;
  /** Stands in the history and in the audit log; neither holds the address, for who is erased would stay in it. */
  readonly reason: string;
}

/**
 * Bills an order to another address, for as long as nothing is billed: documents never change, and one that goes to another
 * address than the order says would be found wrong. Under the lock of the payment, which whoever bills holds as well.
 */
@Injectable()
export class BillingAddressEditor {
  constructor(
    private readonly changes: OrderChanges,
    private readonly customers: CustomerLookup,
    private readonly billing: OrderBilling,
    private readonly rows: OrderRepository,
    private readonly moves: OrderMoves,
  ) {}

  /**
   * Nothing it comes to changes, so it is allowed whatever was shipped, used or promised. Throws `catalog.store-not-found`,
   * `orders.order-not-found`, `http.stale-version`, `customers.customer-not-found` for one who was erased, and
   * `orders.action-refused` for an order that is billed or cancelled, or has the address already.
   */
  replace(
    address: OrderAddress,
    version: number,
    { billingAddress, reason }: NewBillingAddress,
  ): Promise<Order> {
    return this.changes.run(address, version, async (tx, order) => {
      const state = allowedState(order, 'bill-elsewhere');
      const isGone = await this.customers.isErased(tx, order.customerId);
      if (isGone) throw customersErrors.customerNotFound();
      if (await this.billing.isBilled(tx, order.id)) throw refusedEdit('billed');
      if (isDeepStrictEqual(order.billingAddress, billingAddress)) {
        throw refusedEdit('nothing-changed');
      }
      await this.rows.replaceBillingAddress(tx, order.id, billingAddress);
      const { paymentState } = order;
      const move = { action: 'edit', reason: `${reason}; another billing address` } as const;
      const moved = await this.moves.move(
        tx,
        { ...order, billingAddress },
        { state, paymentState },
        move,
      );
      await tellShopper(tx, moved, 'changed');
      return moved;
    });
  }
}
