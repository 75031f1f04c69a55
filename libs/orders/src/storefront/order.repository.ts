import { Injectable } from '@nestjs/common';
import { insertRows, sql, type Transaction } from '#libs/database';
import type { Address } from '#libs/kernel';
import { OrderTransitionRepository } from '../model/order-transition.repository.js';
import { ordersTags } from '../model/orders.tags.js';
import type { Order } from '../model/order.js';

/** Where an order comes from: its cart, whose token opens it. */
export interface OrderOrigin {
  readonly cartId: string;
  readonly tokenHash: string;
  /** As `customerKeyOf` makes it. */
  readonly customerKey: string | null;
}

/** Writes new orders: a fixed number of statements, whatever the number of lines. */
@Injectable()
export class OrderRepository {
  constructor(private readonly transitions: OrderTransitionRepository) {}

  async insert(tx: Transaction, order: Order, origin: OrderOrigin): Promise<void> {
    if (order.customerId !== null) tx.invalidate(ordersTags.history(order.customerId));
    await insertRows(tx, 'sales_order', [
      {
        id: order.id,
        store_id: order.storeId,
        store_code: order.storeCode,
        order_number: order.number,
        token_hash: origin.tokenHash,
        cart_id: origin.cartId,
        customer_id: order.customerId,
        state: order.state,
        payment_state: order.paymentState,
        awaits: order.awaits,
        payment_method: order.paymentMethod,
        currency: order.currency,
        locale: order.locale,
        email: order.email,
        shipping_address_json: JSON.stringify(order.shippingAddress),
        billing_address_json: JSON.stringify(order.billingAddress),
        shipping_json: JSON.stringify(order.shipping),
        taxes_json: JSON.stringify(order.taxes),
        promotions_json: JSON.stringify(order.promotions),
        customer_key: origin.customerKey,
        prices_include_tax: Number(order.pricesIncludeTax),
        subtotal_minor: order.subtotalMinor,
        discount_minor: order.discountMinor,
        shipping_minor: order.shippingMinor,
        tax_minor: order.taxMinor,
        total_minor: order.totalMinor,
        planned_at: order.plannedAt,
        version: order.version,
        placed_at: order.placedAt,
        updated_at: order.updatedAt,
      },
    ]);
    await insertLines(tx, order.id, order.lines);
    await this.transitions.insert(tx, order.id, order.transitions);
  }

  /**
   * Puts what was agreed anew in the place of what was; of lines of which nothing has gone any way. The state, version
   * and history are left to the move that follows.
   */
  async replaceAgreed(tx: Transaction, id: string, order: AgreedContent): Promise<void> {
    await tx.execute(sql`
      UPDATE sales_order
      SET shipping_address_json = ${JSON.stringify(order.shippingAddress)},
        billing_address_json = ${JSON.stringify(order.billingAddress)},
        shipping_json = ${JSON.stringify(order.shipping)},
        taxes_json = ${JSON.stringify(order.taxes)},
        promotions_json = ${JSON.stringify(order.promotions)},
        prices_include_tax = ${Number(order.pricesIncludeTax)},
        subtotal_minor = ${order.subtotalMinor}, discount_minor = ${order.discountMinor},
        shipping_minor = ${order.shippingMinor}, tax_minor = ${order.taxMinor},
        total_minor = ${order.totalMinor}, planned_at = ${order.plannedAt}
      WHERE id = ${id}`);
    await tx.execute(sql`
      DELETE FROM sales_order_line
      WHERE order_id = ${id}`);
    await insertLines(tx, id, order.lines);
  }

  /** The version and history are left to the move that follows. */
  async replaceBillingAddress(tx: Transaction, id: string, address: Address): Promise<void> {
    await tx.execute(sql`
      UPDATE sales_order
      SET billing_address_json = ${JSON.stringify(address)}
      WHERE id = ${id}`);
  }
}

/** What of an order an edit may change. */
export type AgreedContent = Pick<
  Order,
  | 'lines'
  | 'shippingAddress'
  | 'billingAddress'
  | 'shipping'
  | 'taxes'
  | 'promotions'
  | 'pricesIncludeTax'
  | 'subtotalMinor'
  | 'discountMinor'
  | 'shippingMinor'
  | 'taxMinor'
  | 'totalMinor'
  | 'plannedAt'
>;

async function insertLines(tx: Transaction, orderId: string, lines: Order['lines']): Promise<void> {
  await insertRows(
    tx,
    'sales_order_line',
    lines.map((line, index) => ({
      order_id: orderId,
      line_number: index + 1,
      product_id: line.productId,
      variant_id: line.variantId,
      sku: line.sku,
      name: line.name,
      option_values_json: JSON.stringify(line.optionValues),
      quantity: line.quantity,
      is_stock_taken: Number(line.isStockTaken),
      taken_from_json: line.isStockTaken ? JSON.stringify(line.takenFrom) : null,
      is_delayed: Number(line.isDelayed),
      unit_price_minor: line.unitPriceMinor,
      subtotal_minor: line.subtotalMinor,
      discount_minor: line.discountMinor,
      tax_minor: line.taxMinor,
      total_minor: line.totalMinor,
      discounts_json: JSON.stringify(line.discounts),
      taxes_json: JSON.stringify(line.taxes),
    })),
  );
}
