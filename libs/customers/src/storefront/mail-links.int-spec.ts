import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DatabaseClock, sql } from '#libs/database';
import type { Store } from '#libs/stores';
import { describeOnEachDatabase } from '#libs/testing';
import { CatalogReplica } from '../../../catalog/test/catalog-replica.js';
import { addCustomer } from '../../test/add-customer.js';
import { MailTokenRepository } from '../model/mail-token.repository.js';
import type { MailTokenKind } from '../model/shopper-tokens.js';
import { CustomersModule } from './customers.module.js';
import { PasswordEditor } from './password.editor.js';
import { RegistrationEditor } from './registration.editor.js';
import { ShopperAccessModule } from './shopper-access.module.js';
import { ShopperSessionEditor } from './shopper-session.editor.js';

const HOUR_MS = 3_600_000;
const PASSWORD = 'correct horse battery staple';
const tokenInvalid = { code: 'customers.token-invalid' };

describeOnEachDatabase('links of mails to customers', (open) => {
  let replica: CatalogReplica;
  let store: Store;
  let other: Store;

  beforeAll(async () => {
    replica = await CatalogReplica.start(open, [ShopperAccessModule, CustomersModule]);
    store = await replica.addStore();
    other = await replica.addStore();
  });

  afterAll(() => replica.close());

  const issued = (customerId: string, kind: MailTokenKind, ageMs = 0): Promise<string> => {
    const at = replica.app.get(DatabaseClock).wallMs() - ageMs;
    return replica.unitOfWork.run((tx) =>
      replica.app.get(MailTokenRepository).issue(tx, customerId, kind, at),
    );
  };

  const verify = (token: string, at = store) =>
    replica.app.get(RegistrationEditor).verify(at.id, token);
  const reset = (token: string, at = store) =>
    replica.app.get(PasswordEditor).reset(at.id, token, PASSWORD);

  const signIn = (email: string, password = PASSWORD) =>
    replica.app
      .get(ShopperSessionEditor)
      .signIn({ storeId: store.id, email, password, address: email, device: null }, () =>
        Promise.resolve(),
      );

  const mailsOwedTo = async (customerId: string): Promise<string[]> =>
    replica.unitOfWork.run(async (tx) => {
      const jobs = await tx.query<{ payload_json: string }>(
        sql`SELECT payload_json FROM job WHERE name = 'customer-mail' ORDER BY id`,
      );
      const payloads = jobs.map(
        ({ payload_json: json }) => JSON.parse(json) as { customerId: string; kind: string },
      );
      return payloads.filter((each) => each.customerId === customerId).map(({ kind }) => kind);
    });

  const idOf = async (email: string): Promise<string> =>
    replica.unitOfWork.run(async (tx) => {
      const [row] = await tx.query<{ id: string }>(
        sql`SELECT id FROM customer WHERE store_id = ${store.id} AND email = ${email}`,
      );
      return row?.id ?? '';
    });

  const register = (email: string, password = PASSWORD) =>
    replica.app
      .get(RegistrationEditor)
      .register({ store, email, password, name: 'Ada', locale: 'en', address: email });

  it('confirm the mailbox once, at its store, and are no other kind of link', async () => {
    const email = 'confirms@example.com';
    await register(email);
    const id = await idOf(email);
    expect(await mailsOwedTo(id)).toEqual(['verification']);
    const token = await issued(id, 'verification');
    await expect(verify(token, other)).rejects.toMatchObject(tokenInvalid);
    await expect(reset(token)).rejects.toMatchObject(tokenInvalid);
    await expect(signIn(email)).rejects.toMatchObject({ code: 'customers.email-unverified' });
    await verify(token);
    await expect(verify(token)).rejects.toMatchObject(tokenInvalid);
    await signIn(email);
  });

  it('are made void by the next registration, which takes the account over', async () => {
    const email = 'twice@example.com';
    await register(email, 'a password of a stranger');
    const id = await idOf(email);
    const token = await issued(id, 'verification');
    await register(email);
    expect(await idOf(email)).toBe(id);
    await expect(verify(token)).rejects.toMatchObject(tokenInvalid);
    await verify(await issued(id, 'verification'));
    await signIn(email);
    // A customer is told, and nothing of theirs changes.
    await register(email, 'another password of a stranger');
    expect(await mailsOwedTo(id)).toEqual(['verification', 'already-registered']);
    await signIn(email);
  });

  it('set a new password once, which ends every session and every other link', async () => {
    const { id, email } = await addCustomer(replica.unitOfWork, store);
    await replica.app.get(PasswordEditor).askForReset(store.id, email, 'here');
    expect(await mailsOwedTo(id)).toEqual(['password-reset']);
    const [token, second] = [
      await issued(id, 'password-reset'),
      await issued(id, 'password-reset'),
    ];
    await expect(reset(token, other)).rejects.toMatchObject(tokenInvalid);
    await expect(verify(token)).rejects.toMatchObject(tokenInvalid);
    const results = await Promise.allSettled([reset(token), reset(token)]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect(reset(second)).rejects.toMatchObject(tokenInvalid);
    await signIn(email);
  });

  it.each([
    ['verification', 72 * HOUR_MS],
    ['password-reset', HOUR_MS],
  ] as const)('open nothing once they have expired: %s', async (kind, lifeMs) => {
    const { id } = await addCustomer(replica.unitOfWork, store, { verified_at: null });
    const use = kind === 'verification' ? verify : reset;
    await expect(use(await issued(id, kind, lifeMs + 1))).rejects.toMatchObject(tokenInvalid);
    await use(await issued(id, kind, lifeMs - HOUR_MS / 2));
  });

  it('open nothing of a customer who is blocked', async () => {
    const { id } = await addCustomer(replica.unitOfWork, store, { is_blocked: 1 });
    await expect(reset(await issued(id, 'password-reset'))).rejects.toMatchObject(tokenInvalid);
  });

  it('are void once the password was changed, which ends the other sessions alone', async () => {
    const { id, email } = await addCustomer(replica.unitOfWork, store);
    await reset(await issued(id, 'password-reset'));
    const { session } = await signIn(email);
    await signIn(email);
    const link = await issued(id, 'password-reset');
    const shopper = { customerId: id, storeId: store.id, storeCode: store.code, session };
    const change = (currentPassword: string) =>
      replica.app.get(PasswordEditor).change(shopper, {
        currentPassword,
        newPassword: 'quite another pass phrase',
        address: 'here',
      });
    await expect(change('a wrong password')).rejects.toMatchObject({
      code: 'customers.current-password-wrong',
    });
    await change(PASSWORD);
    await expect(reset(link)).rejects.toMatchObject(tokenInvalid);
    const sessions = await replica.app.get(ShopperSessionEditor).listOwn(shopper, '', 10);
    expect(sessions.map((each) => each.id)).toEqual([session.id]);
    await signIn(email, 'quite another pass phrase');
  });
});
