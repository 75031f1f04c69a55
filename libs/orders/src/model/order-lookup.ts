import { Injectable } from '@nestjs/common';
import type { AppliedDiscount, TaxLine } from '#libs/carts';
import { type RowOf, sql, type SqlQueries, type SqlStatement } from '#libs/database';
import type { Address } from '#libs/kernel';
import type { Order, OrderHead, OrderLine, OrderPromotion, OrderShipping } from './order.js';
import { glanceFrom, type GlanceRow, type OrderGlance } from './history/order-glance.js';
import { conditionsOf, type OrderFilter } from './order-filter.js';
import type { OrderTransitionEntity } from './order-transition.entity.js';
import type { OrderLineEntity } from './order-line.entity.js';
import type { OrderEntity } from './order.entity.js';
import type { TakenPart } from './fulfilment/line-pieces.js';

type HeadRow = RowOf<
  OrderEntity,
  | 'id'
  | 'store_id'
  | 'store_code'
  | 'order_number'
  | 'customer_id'
  | 'state'
  | 'payment_state'
  | 'awaits'
  | 'payment_method'
  | 'currency'
  | 'locale'
  | 'email'
  | 'shipping_address_json'
  | 'billing_address_json'
  | 'shipping_json'
  | 'taxes_json'
  | 'promotions_json'
  | 'prices_include_tax'
  | 'subtotal_minor'
  | 'discount_minor'
  | 'shipping_minor'
  | 'tax_minor'
  | 'total_minor'
  | 'planned_at'
  | 'version'
  | 'placed_at'
  | 'updated_at'
>;

type LineRow = RowOf<
  OrderLineEntity,
  | 'product_id'
  | 'variant_id'
  | 'sku'
  | 'name'
  | 'option_values_json'
  | 'quantity'
  | 'is_stock_taken'
  | 'taken_from_json'
  | 'is_delayed'
  | 'unit_price_minor'
  | 'subtotal_minor'
  | 'discount_minor'
  | 'tax_minor'
  | 'total_minor'
  | 'discounts_json'
  | 'taxes_json'
>;

type TransitionRow = Omit<RowOf<OrderTransitionEntity>, 'order_id'>;

/** Where a page of orders goes on, newest first. */
export interface OrderPosition {
  readonly createdAt: number;
  readonly id: string;
}

/** Who asks for an order: what token they hold, and who is signed in. */
export interface OrderHolder {
  readonly tokenHash: string;
  readonly customerId: string | undefined;
}

/** Finds orders; every question names what its asker may see: the holder of a token, a customer, or a store. */
@Injectable()
export class OrderLookup {
  /** An order of a guest for the holder of its token, an order of a customer for that customer. */
  findByNumber(
    queries: SqlQueries,
    number: string,
    { tokenHash, customerId }: OrderHolder,
  ): Promise<Order | undefined> {
    const isGuests = sql`customer_id IS NULL AND token_hash = ${tokenHash}`;
    const isTheirs =
      customerId === undefined ? isGuests : sql`(customer_id = ${customerId} OR ${isGuests})`;
    return this.find(queries, sql`order_number = ${number} AND ${isTheirs}`);
  }

  /** Newest first, at most `limit` behind `after`. */
  async listOfCustomer(
    queries: SqlQueries,
    customerId: string,
    after: OrderPosition | undefined,
    limit: number,
  ): Promise<OrderGlance[]> {
    const rows = await queries.query<GlanceRow>(sql`
      SELECT id, store_code, order_number, state, payment_state, currency, total_minor, version,
        placed_at
      FROM sales_order
      WHERE customer_id = ${customerId} AND ${sql.behind(sql`placed_at`, sql`id`, after)}
      ORDER BY placed_at DESC, id DESC
      ${sql.limit(limit)}`);
    return rows.map(glanceFrom);
  }

  findInStore(queries: SqlQueries, storeId: string, id: string): Promise<Order | undefined> {
    return this.find(queries, sql`store_id = ${storeId} AND id = ${id}`);
  }

  /** For the holder of a link to this very order. */
  findByLink(queries: SqlQueries, number: string, id: string): Promise<Order | undefined> {
    return this.find(queries, sql`order_number = ${number} AND id = ${id}`);
  }

  /** For what the shop does about an order by itself, whoever it belongs to; not for what somebody asks. */
  findForShop(queries: SqlQueries, id: string): Promise<Order | undefined> {
    return this.find(queries, sql`id = ${id}`);
  }

  /** Newest first, at most `limit` behind `after`. */
  async list(
    queries: SqlQueries,
    storeId: string,
    filter: OrderFilter,
    after: OrderPosition | undefined,
    limit: number,
  ): Promise<OrderHead[]> {
    const conditions = [
      sql`o.store_id = ${storeId}`,
      ...conditionsOf(filter),
      sql.behind(sql`o.placed_at`, sql`o.id`, after),
    ];
    const rows = await this.heads(
      queries,
      sql`${sql.join(conditions, ' AND ')}
        ORDER BY o.placed_at DESC, o.id DESC
        ${sql.limit(limit)}`,
    );
    return rows.map(headOf);
  }

  /** Whether there is an order of the buyer that was not cancelled. */
  async hasOrdered(queries: SqlQueries, storeId: string, customerKey: string): Promise<boolean> {
    const rows = await queries.query<RowOf<OrderEntity, 'id'>>(sql`
      SELECT id
      FROM sales_order
      WHERE store_id = ${storeId} AND customer_key = ${customerKey} AND state <> 'cancelled'
      ORDER BY id
      ${sql.limit(1)}`);
    return rows.length > 0;
  }

  private async find(queries: SqlQueries, condition: SqlStatement): Promise<Order | undefined> {
    const [row] = await this.heads(queries, condition);
    if (row === undefined) return undefined;
    const lines = await queries.query<LineRow>(sql`
      SELECT product_id, variant_id, sku, name, option_values_json, quantity, is_stock_taken,
        taken_from_json, is_delayed, unit_price_minor, subtotal_minor, discount_minor, tax_minor, total_minor, discounts_json,
        taxes_json
      FROM sales_order_line
      WHERE order_id = ${row.id}
      ORDER BY line_number`);
    const transitions = await queries.query<TransitionRow>(sql`
      SELECT sequence, action, actor, reason, occurred_at
      FROM order_transition
      WHERE order_id = ${row.id}
      ORDER BY sequence`);
    return {
      ...headOf(row),
      lines: lines.map(lineOf),
      transitions: transitions.map(({ occurred_at: occurredAt, ...rest }) => ({
        ...rest,
        occurredAt,
      })),
    };
  }

  private heads(queries: SqlQueries, rest: SqlStatement): Promise<HeadRow[]> {
    return queries.query<HeadRow>(sql`
      SELECT id, store_id, store_code, order_number, customer_id, state, payment_state,
        awaits, payment_method, currency, locale, email, shipping_address_json, billing_address_json,
        shipping_json, taxes_json, promotions_json, prices_include_tax, subtotal_minor,
        discount_minor, shipping_minor, tax_minor, total_minor,
        planned_at, version, placed_at, updated_at
      FROM sales_order o
      WHERE ${rest}`);
  }
}

function headOf(row: HeadRow): OrderHead {
  return {
    id: row.id,
    storeId: row.store_id,
    storeCode: row.store_code,
    number: row.order_number,
    customerId: row.customer_id,
    state: row.state,
    paymentState: row.payment_state,
    awaits: row.awaits,
    paymentMethod: row.payment_method,
    currency: row.currency,
    locale: row.locale,
    email: row.email,
    shippingAddress: JSON.parse(row.shipping_address_json) as Address,
    billingAddress: JSON.parse(row.billing_address_json) as Address,
    shipping: JSON.parse(row.shipping_json) as OrderShipping,
    taxes: JSON.parse(row.taxes_json) as TaxLine[],
    promotions: JSON.parse(row.promotions_json ?? '[]') as OrderPromotion[],
    pricesIncludeTax: row.prices_include_tax === 1,
    subtotalMinor: row.subtotal_minor,
    discountMinor: row.discount_minor,
    shippingMinor: row.shipping_minor,
    taxMinor: row.tax_minor,
    totalMinor: row.total_minor,
    plannedAt: row.planned_at,
    version: row.version,
    placedAt: row.placed_at,
    updatedAt: row.updated_at,
  };
}

function lineOf(row: LineRow): OrderLine {
  return {
    productId: row.product_id,
    variantId: row.variant_id,
    sku: row.sku,
    name: row.name,
    optionValues: JSON.parse(row.option_values_json) as string[],
    quantity: row.quantity,
    isStockTaken: row.is_stock_taken === 1,
    takenFrom: takenFromOf(row),
    isDelayed: row.is_delayed === 1,
    unitPriceMinor: row.unit_price_minor,
    subtotalMinor: row.subtotal_minor,
    discountMinor: row.discount_minor,
    taxMinor: row.tax_minor,
    totalMinor: row.total_minor,
    discounts: JSON.parse(row.discounts_json) as AppliedDiscount[],
    taxes: JSON.parse(row.taxes_json) as TaxLine[],
  };
}

function takenFromOf(row: LineRow): TakenPart[] {
  if (row.is_stock_taken !== 1) return [];
  const { taken_from_json: stored, quantity } = row;
  return stored === null ? [{ locationId: null, quantity }] : (JSON.parse(stored) as TakenPart[]);
}
