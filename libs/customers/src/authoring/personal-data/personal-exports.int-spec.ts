import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Type } from '@nestjs/common';
import { cartsAuthoringSlice } from '#authoring/carts';
import type { JobContext } from '#authoring/jobs';
import { MailAuthoringModule } from '#authoring/mail';
import { insertRows, sql, type Row, type Transaction } from '#libs/database';
import { newId } from '#libs/kernel';
import { MailOutbox } from '#libs/mail';
import type { Store } from '#libs/stores';
import { describeOnEachDatabase } from '#libs/testing';
import { CatalogReplica } from '../../../../catalog/test/catalog-replica.js';
import { someAddress } from '../../../../stores/test/some-address.js';
import { addCustomer } from '../../../test/add-customer.js';
import { CustomersAuthoringModule } from '../customers-authoring.module.js';
import { EraseCustomerHandler } from '../erase-customer.handler.js';
import { ExportCustomerHandler } from './export-customer.handler.js';
import { PersonalExportPruner } from './personal-export.pruner.js';
import { PERSONAL_EXPORT_KEPT_MS, PersonalExports } from './personal-exports.js';

interface PersonalFileContent {
  readonly format: string;
  readonly version: number;
  readonly customerId: string;
  readonly records: readonly {
    readonly slice: string;
    readonly part: string;
    readonly data: Record<string, unknown>;
  }[];
}

const NOT_FOUND = { code: 'customers.export-not-found' };
const NO_CUSTOMER = { code: 'customers.customer-not-found' };
/** More than a page of each level. */
const MANY = 120;

describeOnEachDatabase('the export of what is known of a person', (open) => {
  let replica: CatalogReplica;
  let store: Store;
  let other: Store;

  beforeAll(async () => {
    const modules = [
      MailAuthoringModule,
      ...(cartsAuthoringSlice.modules as Type[]),
      CustomersAuthoringModule,
    ];
    replica = await CatalogReplica.start(open, modules);
    store = await replica.addStore();
    other = await replica.addStore();
  }, 60_000);

  afterAll(() => replica.close());

  const exports = () => replica.app.get(PersonalExports);
  const insert = (table: string, rows: readonly Row[]) =>
    replica.unitOfWork.run((tx) => insertRows(tx, table, rows));
  const addressOf = (id: string, at = store) => ({ storeCode: at.code, id });

  /** A job as its runtime gives it; `around` stands before each step. */
  const contextOf = (around: (name: string) => Promise<void> = async () => undefined) => {
    const results: unknown[] = [];
    const context = {
      signal: new AbortController().signal,
      progress: () => undefined,
      step: async (name: string, work: (tx: Transaction) => Promise<void>) => {
        await around(name);
        await replica.unitOfWork.run(work);
        return true;
      },
      complete: async (work: (tx: Transaction) => Promise<unknown>) => {
        await around('complete');
        results.push(await replica.unitOfWork.run(work));
      },
    };
    return { context: context as unknown as JobContext, results };
  };

  const run = async (exportId: string, around?: (name: string) => Promise<void>) => {
    const { context, results } = contextOf(around);
    await replica.app.get(ExportCustomerHandler).handle({ exportId }, context);
    return results;
  };

  const erase = (customerId: string) =>
    replica.app.get(EraseCustomerHandler).handle({ customerId }, contextOf().context);

  const download = async (id: string, exportId: string) => {
    const { content, sizeBytes } = await exports().download(addressOf(id), exportId);
    const pieces: Buffer[] = [];
    for await (const piece of content) pieces.push(piece);
    const bytes = Buffer.concat(pieces);
    expect(bytes).toHaveLength(sizeBytes);
    return { text: bytes.toString(), pieces: pieces.length };
  };

  const count = async (table: string, column: string, id: string) =>
    (
      await replica.unitOfWork.run((tx) =>
        tx.query<{ v: number }>(sql`
          SELECT COUNT(*) AS v
          FROM ${sql.identifier(table)}
          WHERE ${sql.identifier(column)} = ${id}`),
      )
    )[0]?.v;

  const addCart = async (customerId: string, lines: number) => {
    const id = newId();
    await insert('cart', [
      {
        id,
        store_id: store.id,
        store_code: store.code,
        token_hash: `token-${id}`,
        customer_id: customerId,
        state: 'ordered',
        currency: 'EUR',
        locale: 'en',
        shipping_address_json: JSON.stringify(someAddress),
        version: 1,
        expires_at: 2,
        created_at: 0,
        updated_at: 1,
      },
    ]);
    const line = () => ({
      id: newId(),
      cart_id: id,
      product_id: newId(),
      variant_id: newId(),
      quantity: 1,
    });
    await insert('cart_line', Array.from({ length: lines }, line));
    return id;
  };

  const somebody = async () => {
    const person = await addCustomer(replica.unitOfWork, store, {
      password_hash: 'hash-of-password',
    });
    const session = { token_sha256: newId(), device: 'phone', created_at: 1, expires_at: 2 };
    await insert('shopper_session', [{ id: newId(), customer_id: person.id, ...session }]);
    const wish = () => ({
      customer_id: person.id,
      variant_id: newId(),
      product_id: newId(),
      created_at: 1,
    });
    await insert('wish_list_item', Array.from({ length: MANY }, wish));
    for (const [to, subject] of [
      [person.email.toUpperCase(), 'To them'],
      [`x${person.email}`, 'To another'],
    ] as const) {
      await replica.unitOfWork.run((tx) =>
        replica.app.get(MailOutbox).add(tx, {
          storeId: store.id,
          kind: 'test',
          to,
          language: 'en',
          subject,
          html: 'link-that-opens',
          text: 'link-that-opens',
          dedupeKey: newId(),
        }),
      );
    }
    return { ...person, token: session.token_sha256 };
  };

  it('tells everything of the person, page by page, nothing of others and no secret', async () => {
    const person = await somebody();
    const stranger = await somebody();
    await addCart(stranger.id, 1);
    const cart = await addCart(person.id, MANY);
    const empty = await addCart(person.id, 0);
    const { id, state } = await exports().request(addressOf(person.id));
    expect(state).toBe('waiting');
    expect(await run(id)).toMatchObject([{ isExported: true }]);
    expect(await exports().get(addressOf(person.id), id)).toMatchObject({ state: 'finished' });
    const { text } = await download(person.id, id);
    const file = JSON.parse(text) as PersonalFileContent;
    const { records, ...head } = file;
    expect(head).toMatchObject({
      format: 'lockstep.personal-data',
      version: 1,
      store: store.code,
      customerId: person.id,
    });
    const of = (part: string) =>
      records.filter((record) => record.part === part).map(({ data }) => data);
    expect(of('profile')).toMatchObject([
      { email: person.email, isBlocked: false, createdAt: '1970-01-01T00:00:00.001Z' },
    ]);
    expect(new Set(of('wish').map(({ variantId }) => variantId)).size).toBe(MANY);
    expect(of('wish')).toHaveLength(MANY);
    expect(of('cart').map((one) => one['id'])).toEqual([cart, empty].toSorted());
    expect(of('cart')[0]).toMatchObject({ shippingAddress: someAddress, coupons: null });
    expect(of('cartLine')).toHaveLength(MANY);
    expect(of('cartLine').every(({ cartId }) => cartId === cart)).toBe(true);
    expect(of('mail').map(({ subject }) => subject)).toEqual(['To them']);
    expect(of('session')).toMatchObject([{ device: 'phone' }]);
    for (const secret of ['hash-of-password', person.token, `token-${cart}`, 'link-that-opens']) {
      expect(text).not.toContain(secret);
    }
    expect(text).not.toContain(stranger.id);
  });

  it('is one whole file of several pieces, also after a run that broke off', async () => {
    const person = await addCustomer(replica.unitOfWork, store, {});
    const address = () => ({
      id: newId(),
      customer_id: person.id,
      address_json: JSON.stringify({ ...someAddress, name: 'ü'.repeat(5_000) }),
      is_default_shipping: 0,
      is_default_billing: 0,
      version: 1,
      created_at: 1,
      updated_at: 1,
    });
    await insert('customer_address', Array.from({ length: MANY }, address));
    const { id } = await exports().request(addressOf(person.id));
    await expect(
      run(id, async (name) => {
        if (name.endsWith('.2')) throw new Error('the replica dies');
      }),
    ).rejects.toThrow('the replica dies');
    expect(await count('personal_export_chunk', 'export_id', id)).toBe(2);
    await expect(exports().download(addressOf(person.id), id)).rejects.toMatchObject({
      code: 'customers.export-unfinished',
    });
    await insert('customer_address', [address()]);
    await run(id);
    const { text, pieces } = await download(person.id, id);
    expect(pieces).toBeGreaterThan(2);
    const { records } = JSON.parse(text) as PersonalFileContent;
    expect(records.filter(({ part }) => part === 'address')).toHaveLength(MANY + 1);
  });

  it('waits once for a person, and its file replaces the one before', async () => {
    const { id: person } = await addCustomer(replica.unitOfWork, store, {});
    const [first, again] = await Promise.all([
      exports().request(addressOf(person)),
      exports().request(addressOf(person)),
    ]);
    expect(again.id).toBe(first.id);
    await run(first.id);
    const second = await exports().request(addressOf(person));
    expect(second.id).not.toBe(first.id);
    await download(person, first.id);
    await run(second.id);
    await download(person, second.id);
    await expect(exports().get(addressOf(person), first.id)).rejects.toMatchObject(NOT_FOUND);
    const audited = await replica.unitOfWork.run((tx) =>
      tx.query<{ action: string }>(
        sql`SELECT action FROM audit_log WHERE entity_id = ${person} ORDER BY id`,
      ),
    );
    expect(audited.map(({ action }) => action.split(':')[2])).toEqual([
      'export',
      'export',
      'export-download',
      'export-download',
    ]);
  });

  it('is refused for a person who is unknown, of another store, or erased', async () => {
    const { id: person } = await addCustomer(replica.unitOfWork, store, {});
    const { id: erased } = await addCustomer(replica.unitOfWork, store, { erased_at: 1 });
    for (const address of [addressOf(newId()), addressOf(person, other), addressOf(erased)]) {
      await expect(exports().request(address)).rejects.toMatchObject(NO_CUSTOMER);
    }
    const { id } = await exports().request(addressOf(person));
    await run(id);
    const { id: stranger } = await addCustomer(replica.unitOfWork, store, {});
    await expect(exports().download(addressOf(stranger), id)).rejects.toMatchObject(NOT_FOUND);
    await expect(exports().download(addressOf(person, other), id)).rejects.toMatchObject(
      NO_CUSTOMER,
    );
  });

  it.each(['finished', 'waiting', '.clear', '.0', 'complete'])(
    'leaves nothing behind when the person is erased: %s',
    async (when) => {
      const { id: person } = await somebody();
      const { id } = await exports().request(addressOf(person));
      let isErased = false;
      const eraseOnce = async () => {
        if (!isErased) await erase(person);
        isErased = true;
      };
      if (when === 'waiting') await eraseOnce();
      const results = await run(id, async (name) => {
        if (name.endsWith(when)) await eraseOnce();
      });
      if (when === 'finished') await eraseOnce();
      expect(isErased).toBe(true);
      expect(results).toMatchObject([{ isExported: when === 'finished' }]);
      expect(await count('personal_export', 'id', id)).toBe(0);
      expect(await count('personal_export_chunk', 'export_id', id)).toBe(0);
    },
  );

  it('goes when its time is over, and is not given out until then', async () => {
    const { id: person } = await addCustomer(replica.unitOfWork, store, {});
    const { id } = await exports().request(addressOf(person));
    await run(id);
    const { expiresAt } = await exports().get(addressOf(person), id);
    expect(expiresAt).toBeGreaterThan(Date.now() + PERSONAL_EXPORT_KEPT_MS - 600_000);
    // The jobs of this replica wait for ever; they end here.
    const job = sql`UPDATE job SET state = 'completed', finished_at = 1`;
    await replica.unitOfWork.run((tx) => tx.execute(job));
    const pruner = replica.app.get(PersonalExportPruner);
    await pruner.pruneBatch(expiresAt - 1);
    expect(await count('personal_export', 'id', id)).toBe(1);
    await replica.unitOfWork.run((tx) =>
      tx.execute(sql`UPDATE personal_export SET expires_at = 1 WHERE id = ${id}`),
    );
    await expect(exports().download(addressOf(person), id)).rejects.toMatchObject(NOT_FOUND);
    while ((await pruner.pruneBatch(2)) > 0);
    expect(await count('personal_export', 'id', id)).toBe(0);
    expect(await count('personal_export_chunk', 'export_id', id)).toBe(0);
  });

  it('is known to have failed when its job ended without a file', async () => {
    const { id: person } = await addCustomer(replica.unitOfWork, store, {});
    const { id, jobId } = await exports().request(addressOf(person));
    const die = sql`UPDATE job SET state = 'dead' WHERE id = ${jobId}`;
    await replica.unitOfWork.run((tx) => tx.execute(die));
    expect(await exports().get(addressOf(person), id)).toMatchObject({ state: 'failed' });
    expect((await exports().request(addressOf(person))).id).not.toBe(id);
  });
});
