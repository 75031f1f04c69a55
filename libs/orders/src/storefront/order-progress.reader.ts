import { Injectable } from '@nestjs/common';
import { chunksOf, PrimaryReader, type RowOf, sql } from '#libs/database';
import { OrderLinks } from '../model/links/order-links.js';
import type { OrderEntity } from '../model/order.entity.js';
import type { OrderPaymentState, OrderState } from '../model/order-state.js';

/** Names an order by what opens it: who is signed in, the token of its cart (as hash), or a link. */
export interface HeldOrder {
  readonly number: string;
  readonly tokenHash: string | null;
  readonly customerId: string | null;
  readonly link: string | null;
}

export interface OrderProgress {
  readonly version: number;
  readonly state: OrderState;
  readonly paymentState: OrderPaymentState;
}

type ProgressRow = RowOf<
  OrderEntity,
  'id' | 'order_number' | 'token_hash' | 'customer_id' | 'version' | 'state' | 'payment_state'
>;

interface Opening extends HeldOrder {
  /** What the link opens; null: nothing. */
  readonly linkedId: string | null;
}

/** Their conditions are one expression, and SQLite takes none that is deeper than a thousand. */
const PER_STATEMENT = 200;

/** How far orders are, many at a time, for those who hold them. */
@Injectable()
export class OrderProgressReader {
  constructor(
    private readonly database: PrimaryReader,
    private readonly links: OrderLinks,
  ) {}

  /** In the order asked for; undefined for what does not open, exactly as `OrderReader.get` finds nothing. */
  async list(orders: readonly HeldOrder[]): Promise<readonly (OrderProgress | undefined)[]> {
    const openings = await this.opened(orders);
    const found = new Map<string, ProgressRow>();
    for (const chunk of chunksOf(openings, PER_STATEMENT)) {
      const rows = await this.database.query<ProgressRow>(sql`
        SELECT id, order_number, token_hash, customer_id, version, state, payment_state
        FROM sales_order
        WHERE ${sql.join(chunk.map(isOpenedBy), ' OR ')}`);
      for (const row of rows) found.set(row.order_number, row);
    }
    // Of two who name one order only one may hold it.
    return openings.map((opening) => {
      const row = found.get(opening.number);
      if (row === undefined || !opens(opening, row)) return undefined;
      return { version: row.version, state: row.state, paymentState: row.payment_state };
    });
  }

  private async opened(orders: readonly HeldOrder[]): Promise<readonly Opening[]> {
    const tokens = orders.map(({ link }) => link ?? '');
    const ids = await this.links.listOrderIds(this.database, tokens);
    return orders.map((order, index) => ({ ...order, linkedId: ids[index] ?? null }));
  }
}

function isOpenedBy({ number, tokenHash, customerId, linkedId }: Opening) {
  return sql`(order_number = ${number} AND (id = ${linkedId} OR customer_id = ${customerId}
    OR customer_id IS NULL AND token_hash = ${tokenHash}))`;
}

function opens({ tokenHash, customerId, linkedId }: Opening, row: ProgressRow): boolean {
  if (row.id === linkedId) return true;
  return row.customer_id === null ? row.token_hash === tokenHash : row.customer_id === customerId;
}
