import { sql } from '#libs/database';
import { eventually } from '#libs/testing';
import type { SessionAnswer } from '../../apps/commerce/src/customers/customer.schemas.js';
import type { DatabaseView } from './database-view.js';
import type { HeldCart } from './shop-client.js';
import { ReplicaClient } from './replica-client.js';

export const PASSWORD = 'correct horse battery staple';

/** A customer as their browser knows them. */
export interface Account {
  readonly store: string;
  readonly email: string;
}

export interface SignedIn {
  readonly client: ReplicaClient;
  readonly session: SessionAnswer;
}

type TokenMail = 'verification' | 'password-reset';

/** The token of the last mail of a kind to the address, as the customer would read it. */
export function mailedToken(
  database: DatabaseView,
  account: Account,
  kind: TokenMail,
  previous?: string,
): Promise<string> {
  return eventually(`a ${kind} mail to ${account.email}`, async () => {
    const token = await lastToken(database, account, kind);
    return token === previous ? undefined : token;
  });
}

async function lastToken(
  database: DatabaseView,
  { store, email }: Account,
  kind: TokenMail,
): Promise<string | undefined> {
  const [mail] = await database.rows<{ plain_text: string }>(sql`
    SELECT m.plain_text
    FROM mail m
    JOIN store s ON s.id = m.store_id
    WHERE s.code = ${store} AND m.recipient = ${email} AND m.kind = ${`customer-${kind}`}
    ORDER BY m.id DESC
    ${sql.limit(1)}`);
  return /ls[vr]_[\w-]+/.exec(mail?.plain_text ?? '')?.[0];
}

/** Registers and follows the link of the mail. */
export async function register(
  shop: ReplicaClient,
  database: DatabaseView,
  account: Account,
): Promise<void> {
  const { store, email } = account;
  const before = await lastToken(database, account, 'verification');
  await shop.expect(202, 'POST', `/stores/${store}/customers`, {
    body: { email, password: PASSWORD, name: `Customer ${email}` },
  });
  const token = await mailedToken(database, account, 'verification', before);
  await shop.expect(204, 'POST', `/stores/${store}/customers/verification`, { body: { token } });
}

export async function signIn(
  shop: ReplicaClient,
  { store, email }: Account,
  cart?: HeldCart,
): Promise<SignedIn> {
  const { body } = await shop.expect<SessionAnswer>(201, 'POST', `/stores/${store}/sessions`, {
    body: { email, password: PASSWORD, ...(cart === undefined ? {} : { cart }) },
    token: null,
  });
  return { client: new ReplicaClient(shop.url, body.token), session: body };
}
