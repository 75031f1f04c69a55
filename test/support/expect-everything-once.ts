import { expect } from '@jest/globals';
import { sql } from '#libs/database';
import { eventually, type CardProviderStandIn } from '#libs/testing';
import type { SettledCheckout } from './cut-checkouts.js';
import type { DatabaseView } from './database-view.js';
import type { SmtpTrap } from './smtp-trap.js';

interface Witnesses {
  readonly database: DatabaseView;
  readonly provider: CardProviderStandIn;
  readonly trap: SmtpTrap;
}

interface PaidOrder {
  readonly id: string;
  readonly cart_id: string;
  readonly email: string;
  readonly payment: string;
  readonly state: string;
}

const PATIENT = { withinMs: 240_000, everyMs: 200 };

/**
 * Of each checkout of a store, also those that were only tried: one order for a cart, one payment of it,
 * one capture at the provider, and each mail that is owed sent once.
 */
export async function expectEverythingOnce(
  store: string,
  settled: readonly SettledCheckout[],
  { database, provider, trap }: Witnesses,
): Promise<void> {
  const isOfStore = sql`placed.store_code = ${store} AND placed.email LIKE ${`cut-${store}-%`}`;
  const paid = await eventually(
    'the money of every order is taken',
    async () => {
      const rows = await database.rows<PaidOrder>(sql`
        SELECT placed.id, placed.cart_id, placed.email, payment.id AS payment, payment.state
        FROM sales_order placed
        LEFT JOIN payment ON payment.order_id = placed.id
        WHERE ${isOfStore}`);
      return rows.every(({ state }) => state === 'captured') ? rows : undefined;
    },
    PATIENT,
  );
  const byCart = (one: { cartId: string }, other: { cartId: string }): number =>
    one.cartId < other.cartId ? -1 : 1;
  const found = paid.map(({ id, cart_id: cartId, email }) => ({ cartId, orderId: id, email }));
  const wanted = settled.map(({ cartId, orderId, email }) => ({ cartId, orderId, email }));
  expect(found.toSorted(byCart)).toEqual(wanted.toSorted(byCart));
  expect(new Set(paid.map(({ payment }) => payment)).size).toBe(settled.length);
  for (const { reference } of settled) {
    expect(provider.asked(new RegExp(`POST .*/${reference}/capture$`))).toHaveLength(1);
  }
  const owed = await eventually(
    'every mail is sent',
    async () => {
      const mails = await database.rows<{ recipient: string; kind: string; state: string }>(sql`
        SELECT recipient, kind, state
        FROM mail
        WHERE recipient LIKE ${`cut-${store}-%`}`);
      const confirmed = mails.filter(({ kind }) => kind === CONFIRMATION);
      const isDone = mails.every(({ state }) => state === 'sent');
      return confirmed.length >= settled.length && isDone ? mails : undefined;
    },
    PATIENT,
  );
  const confirmed = owed.filter(({ kind }) => kind === CONFIRMATION);
  expect(confirmed.map(({ recipient }) => recipient).toSorted()).toEqual(
    settled.map(({ email }) => email).toSorted(),
  );
  for (const { email } of settled) {
    const count = owed.filter(({ recipient }) => recipient === email).length;
    expect(trap.to(email)).toHaveLength(count);
  }
}

const CONFIRMATION = 'order-confirmation';
