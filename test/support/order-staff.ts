import { randomUUID } from 'node:crypto';
import { sql } from '#libs/database';
import type { FulfilmentAnswer } from '../../apps/authoring/src/orders/fulfilment.schemas.js';
import type { OrderAnswer } from '../../apps/authoring/src/orders/order.schemas.js';
import type { DatabaseView } from './database-view.js';
import type { ReplicaClient, Reply } from './replica-client.js';
import { checkout, fillCart, withToken, type HeldCart, type Ware } from './shop-client.js';
import { ifMatch } from './staff-accounts.js';

export interface PlacedOrder {
  readonly id: string;
  readonly number: string;
  readonly email: string;
  readonly held: HeldCart;
}

/** Orders pieces of wares, as somebody who has an address of their own. */
export async function placeOrder(
  shop: ReplicaClient,
  store: string,
  items: readonly { readonly sku: string; readonly quantity: number }[],
  details: Readonly<Record<string, unknown>> = {},
): Promise<PlacedOrder> {
  const email = `${randomUUID()}@example.com`;
  const { held, cart } = await fillCart(shop, store, items);
  const headers = withToken(held);
  const body = { email, ...details };
  await shop.expect(200, 'PATCH', `/carts/${held.id}`, { headers, body });
  const placed = await checkout(shop, held, cart.total, randomUUID());
  if (placed.status !== 201) throw new Error(`no order: ${JSON.stringify(placed.body)}`);
  return { id: placed.body.id, number: placed.body.number, email, held };
}

/** What staff do to the orders of one store, at one replica. */
export class OrderStaff {
  constructor(
    private readonly staff: ReplicaClient,
    private readonly store: string,
  ) {}

  post<Body = OrderAnswer>(id: string, path: string, version: number, body?: unknown) {
    return this.staff.call<Body>('POST', this.path(`${id}/${path}`), {
      headers: ifMatch(version),
      ...(body === undefined ? {} : { body }),
    });
  }

  async fulfilment(id: string): Promise<FulfilmentAnswer> {
    const path = this.path(`${id}/fulfilment`);
    return (await this.staff.expect<FulfilmentAnswer>(200, 'GET', path)).body;
  }

  async order(id: string): Promise<OrderAnswer> {
    return (await this.staff.expect<OrderAnswer>(200, 'GET', this.path(id))).body;
  }

  /** Asks again on the version that there is, for as long as somebody else was quicker. */
  async persist(id: string, path: string, body: unknown): Promise<Reply<OrderAnswer>> {
    for (;;) {
      const { version } = await this.fulfilment(id);
      const reply = await this.post(id, path, version, body);
      if (reply.status !== 412) return reply;
    }
  }

  private path(rest: string): string {
    return `/orders/${rest}?store=${this.store}`;
  }
}

/** What the ledger of a variant adds up to. */
export async function ledgerOf(database: DatabaseView, { variantId }: Ware): Promise<number> {
  const [row] = await database.rows<{ sum: number }>(
    sql`SELECT SUM(quantity) AS sum FROM stock_ledger WHERE variant_id = ${variantId}`,
  );
  return row?.sum ?? 0;
}
