import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CoherentCache } from '#libs/cache';
import { PasswordHasher } from '#libs/credentials';
import { insertRows, sql } from '#libs/database';
import { newId } from '#libs/kernel';
import type { Store } from '#libs/stores';
import { describeOnEachDatabase } from '#libs/testing';
import { CatalogReplica } from '../../../catalog/test/catalog-replica.js';
import { customerLimits } from '../model/customer.js';
import { shopperTokens } from '../model/shopper-tokens.js';
import { CustomersModule } from './customers.module.js';
import { ShopperAccessModule } from './shopper-access.module.js';
import { ShopperAuthenticator } from './shopper-authenticator.js';
import { SHOPPER_REGION } from './shopper-region.js';
import { ShopperSessionEditor } from './shopper-session.editor.js';
import { ShopperSessionReader } from './shopper-session.reader.js';

const LIVE = 3 * SHOPPER_REGION.maxEntries;
const IN_FLIGHT = 500;
const PASSWORD = 'correct horse battery staple';

describeOnEachDatabase('sessions of shoppers', (open) => {
  let replica: CatalogReplica;
  let store: Store;

  beforeAll(async () => {
    replica = await CatalogReplica.start(open, [ShopperAccessModule, CustomersModule]);
    store = await replica.addStore();
  });

  afterAll(() => replica.close());

  const addCustomer = async (): Promise<{ readonly id: string; readonly email: string }> => {
    const id = newId();
    const email = `${id}@example.com`;
    const passwordHash = await replica.app.get(PasswordHasher).hash(PASSWORD);
    await replica.unitOfWork.run((tx) =>
      insertRows(tx, 'customer', [
        {
          id,
          store_id: store.id,
          store_code: store.code,
          email,
          name: 'Ada',
          locale: 'en',
          password_hash: passwordHash,
          is_blocked: 0,
          verified_at: 1,
          version: 1,
          created_at: 1,
          updated_at: 1,
        },
      ]),
    );
    return { id, email };
  };

  const signIn = <T>(email: string, alongside: () => Promise<T>) =>
    replica.app
      .get(ShopperSessionEditor)
      .signIn(
        { storeId: store.id, email, password: PASSWORD, address: newId(), device: null },
        alongside,
      );

  const countOf = async (customerId: string): Promise<number> =>
    replica.unitOfWork.run(async (tx) => {
      const [row] = await tx.query<{ v: number }>(
        sql`SELECT COUNT(*) AS v FROM shopper_session WHERE customer_id = ${customerId}`,
      );
      return row?.v ?? 0;
    });

  it('are not there when what is done alongside fails', async () => {
    const { id, email } = await addCustomer();
    const failure = new Error('the cart could not be merged');
    await expect(signIn(email, () => Promise.reject(failure))).rejects.toBe(failure);
    expect(await countOf(id)).toBe(0);
    await signIn(email, () => Promise.resolve());
    expect(await countOf(id)).toBe(1);
  });

  it('are bounded for each customer: the oldest ends when one more begins', async () => {
    const { id, email } = await addCustomer();
    const { session: first } = await signIn(email, () => Promise.resolve());
    const authenticator = replica.app.get(ShopperAuthenticator);
    expect(await authenticator.authenticate(first.token)).toMatchObject({ customerId: id });
    for (let count = 0; count < customerLimits.sessions; count += 1) {
      await signIn(email, () => Promise.resolve());
    }
    expect(await countOf(id)).toBe(customerLimits.sessions);
    await expect(authenticator.authenticate(first.token)).rejects.toMatchObject({
      code: 'customers.not-signed-in',
    });
  });

  it('are ended by their owner alone, and once', async () => {
    const { id, email } = await addCustomer();
    const { email: otherEmail } = await addCustomer();
    const { session } = await signIn(email, () => Promise.resolve());
    const { session: foreign } = await signIn(otherEmail, () => Promise.resolve());
    const authenticator = replica.app.get(ShopperAuthenticator);
    const owner = await authenticator.authenticate(session.token);
    const stranger = await authenticator.authenticate(foreign.token);
    const editor = replica.app.get(ShopperSessionEditor);
    const notFound = { code: 'customers.session-not-found' };
    await expect(editor.endOwn(stranger, owner.session.id)).rejects.toMatchObject(notFound);
    expect(await authenticator.authenticate(session.token)).toMatchObject({ customerId: id });
    await editor.endOwn(owner, owner.session.id);
    await expect(editor.endOwn(owner, owner.session.id)).rejects.toMatchObject(notFound);
    await expect(authenticator.authenticate(session.token)).rejects.toMatchObject({ status: 401 });
  });

  it('cost a replica no more memory than the region may have, however many are live', async () => {
    const { id } = await addCustomer();
    const tokens = Array.from({ length: LIVE }, () => shopperTokens.create('session').sha256);
    const BATCH = 5_000;
    for (let from = 0; from < LIVE; from += BATCH) {
      const rows = tokens.slice(from, from + BATCH).map((sha256) => ({
        id: newId(),
        customer_id: id,
        token_sha256: sha256,
        created_at: 1,
        expires_at: Number.MAX_SAFE_INTEGER,
      }));
      await replica.unitOfWork.run((tx) => insertRows(tx, 'shopper_session', rows));
    }
    const reader = replica.app.get(ShopperSessionReader);
    let found = 0;
    for (let from = 0; from < LIVE; from += IN_FLIGHT) {
      const sessions = await Promise.all(
        tokens.slice(from, from + IN_FLIGHT).map((sha256) => reader.find(sha256)),
      );
      found += sessions.filter((session) => session?.customerId === id).length;
    }
    expect(found).toBe(LIVE);
    const region = replica.app
      .get(CoherentCache)
      .readerStates()
      .find(({ name }) => name === 'customers.session');
    const held = (region?.entries ?? 0) - (region?.negativeEntries ?? 0);
    expect(held).toBeGreaterThan(0);
    expect(held).toBeLessThanOrEqual(SHOPPER_REGION.maxEntries);
    expect(region?.bytes).toBeLessThan(16 * 1_024 * 1_024);
  }, 600_000);
});
