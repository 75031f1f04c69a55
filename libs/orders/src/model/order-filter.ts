import { likePrefix, sql, type SqlStatement } from '#libs/database';
import type { OrderAwaits } from './confirming/order-awaits.js';
import type { OrderPaymentState, OrderState } from './order-state.js';

/** Which orders staff look for; what is absent is not asked. Times are epoch milliseconds. */
export interface OrderFilter {
  readonly state?: OrderState | undefined;
  readonly paymentState?: OrderPaymentState | undefined;
  readonly awaits?: OrderAwaits | undefined;
  readonly number?: string | undefined;
  readonly email?: string | undefined;
  readonly customerId?: string | undefined;
  /** Of a line. */
  readonly sku?: string | undefined;
  /** The beginning of a number or of an address, or a whole SKU. */
  readonly search?: string | undefined;
  readonly placedFrom?: number | undefined;
  /** Exclusive. */
  readonly placedUntil?: number | undefined;
  readonly minTotalMinor?: number | undefined;
  readonly maxTotalMinor?: number | undefined;
}

/** What a row of `sales_order o` has to be. */
export function conditionsOf(filter: OrderFilter): SqlStatement[] {
  const { search } = filter;
  return [
    ...given(filter.state, (state) => sql`o.state = ${state}`),
    ...given(filter.paymentState, (state) => sql`o.payment_state = ${state}`),
    ...given(filter.awaits, (awaits) => sql`o.awaits = ${awaits}`),
    ...given(filter.number, (number) => sql`o.order_number = ${number}`),
    ...given(filter.email, (email) => sql`o.email = ${email}`),
    ...given(filter.customerId, (id) => sql`o.customer_id = ${id}`),
    ...given(filter.sku, hasSku),
    ...given(filter.placedFrom, (from) => sql`o.placed_at >= ${from}`),
    ...given(filter.placedUntil, (until) => sql`o.placed_at < ${until}`),
    ...given(filter.minTotalMinor, (min) => sql`o.total_minor >= ${min}`),
    ...given(filter.maxTotalMinor, (max) => sql`o.total_minor <= ${max}`),
    ...given(
      search,
      (text) =>
        sql`(o.order_number LIKE ${likePrefix(text.toUpperCase())} ESCAPE '\\'
          OR o.email LIKE ${likePrefix(text)} ESCAPE '\\'
          OR ${hasSku(text)})`,
    ),
  ];
}

function given<T>(value: T | undefined, condition: (value: T) => SqlStatement): SqlStatement[] {
  return value === undefined ? [] : [condition(value)];
}

function hasSku(sku: string): SqlStatement {
  return sql`o.id IN (SELECT order_id FROM sales_order_line WHERE sku = ${sku})`;
}
