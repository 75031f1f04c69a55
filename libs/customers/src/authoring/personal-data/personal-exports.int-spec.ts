import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from '#libs/database';
import { newId } from '#libs/kernel';
import type { Store } from '#libs/stores';
import { describeOnEachDatabase } from '#libs/testing';
import type { CatalogReplica } from '../../../../catalog/test/catalog-replica.js';
import { someAddress } from '../../../../stores/test/some-address.js';
import { addCustomer } from '../../../test/add-customer.js';
import { ExportShop, type PersonalFileContent } from '../../../test/export-shop.js';
import { PersonalExportPruner } from './personal-export.pruner.js';
import { PERSONAL_EXPORT_KEPT_MS, type PersonalExports } from './personal-exports.js';

const NOT_FOUND = { code: 'customers.export-not-found' };
const NO_CUSTOMER = { code: 'customers.customer-not-found' };
/** More than a page of each level. */
const MANY = 120;

describeOnEachDatabase('the export of what is known of a person', (open) => {
  let shop: ExportShop;
  let replica: CatalogReplica;
  let store: Store;
  let other: Store;

  beforeAll(async () => {
    shop = await ExportShop.start(open);
    ({ replica, store } = shop);
    other = await replica.addStore();
  });

  afterAll(() => replica.close());

  const exports = (): PersonalExports => shop.exports;
  const addressOf = (id: string, at = store) => ({ storeCode: at.code, id });

  it('tells everything of the person, page by page, nothing of others and no secret', async () => {
    const person = await shop.somebody(MANY);
    const stranger = await shop.somebody(MANY);
    await shop.addCart(stranger.id, 1);
    const cart = await shop.addCart(person.id, MANY);
    const empty = await shop.addCart(person.id, 0);
    const { id, state } = await exports().request(addressOf(person.id));
    expect(state).toBe('waiting');
    expect(await shop.run(id)).toMatchObject([{ isExported: true }]);
    expect(await exports().get(addressOf(person.id), id)).toMatchObject({ state: 'finished' });
    const { text } = await shop.download(person.id, id);
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
    await shop.insert('customer_address', Array.from({ length: MANY }, address));
    const { id } = await exports().request(addressOf(person.id));
    await expect(
      shop.run(id, async (name) => {
        if (name.endsWith('.2')) throw new Error('the replica dies');
      }),
    ).rejects.toThrow('the replica dies');
    expect(await shop.count('personal_export_chunk', 'export_id', id)).toBe(2);
    await expect(exports().download(addressOf(person.id), id)).rejects.toMatchObject({
      code: 'customers.export-unfinished',
    });
    await shop.insert('customer_address', [address()]);
    await shop.run(id);
    const { text, pieces } = await shop.download(person.id, id);
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
    await shop.run(first.id);
    const second = await exports().request(addressOf(person));
    expect(second.id).not.toBe(first.id);
    await shop.download(person, first.id);
    await shop.run(second.id);
    await shop.download(person, second.id);
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
    await shop.run(id);
    const { id: stranger } = await addCustomer(replica.unitOfWork, store, {});
    await expect(exports().download(addressOf(stranger), id)).rejects.toMatchObject(NOT_FOUND);
    await expect(exports().download(addressOf(person, other), id)).rejects.toMatchObject(
      NO_CUSTOMER,
    );
  });

  it.each(['finished', 'waiting', '.clear', '.0', 'complete'])(
    'leaves nothing behind when the person is erased: %s',
    async (when) => {
      const { id: person } = await shop.somebody(MANY);
      const { id } = await exports().request(addressOf(person));
      let isErased = false;
      const eraseOnce = async () => {
        if (!isErased) await shop.erase(person);
        isErased = true;
      };
      if (when === 'waiting') await eraseOnce();
      const results = await shop.run(id, async (name) => {
        if (name.endsWith(when)) await eraseOnce();
      });
      if (when === 'finished') await eraseOnce();
      expect(isErased).toBe(true);
      expect(results).toMatchObject([{ isExported: when === 'finished' }]);
      expect(await shop.count('personal_export', 'id', id)).toBe(0);
      expect(await shop.count('personal_export_chunk', 'export_id', id)).toBe(0);
    },
  );

  it('goes when its time is over, and is not given out until then', async () => {
    const { id: person } = await addCustomer(replica.unitOfWork, store, {});
    const { id } = await exports().request(addressOf(person));
    await shop.run(id);
    const { expiresAt } = await exports().get(addressOf(person), id);
    expect(expiresAt).toBeGreaterThan(Date.now() + PERSONAL_EXPORT_KEPT_MS - 600_000);
    // The jobs of this replica wait for ever; they end here.
    const job = sql`UPDATE job SET state = 'completed', finished_at = 1`;
    await replica.unitOfWork.run((tx) => tx.execute(job));
    const pruner = replica.app.get(PersonalExportPruner);
    await pruner.pruneBatch(expiresAt - 1);
    expect(await shop.count('personal_export', 'id', id)).toBe(1);
    await replica.unitOfWork.run((tx) =>
      tx.execute(sql`UPDATE personal_export SET expires_at = 1 WHERE id = ${id}`),
    );
    await expect(exports().download(addressOf(person), id)).rejects.toMatchObject(NOT_FOUND);
    while ((await pruner.pruneBatch(2)) > 0);
    expect(await shop.count('personal_export', 'id', id)).toBe(0);
    expect(await shop.count('personal_export_chunk', 'export_id', id)).toBe(0);
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
