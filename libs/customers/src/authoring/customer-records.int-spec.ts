import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { JobContext } from '#authoring/jobs';
import { sql } from '#libs/database';
import { newId } from '#libs/kernel';
import { MailOutbox } from '#libs/mail';
import type { Store } from '#libs/stores';
import { describeOnEachDatabase } from '#libs/testing';
import { CatalogReplica } from '../../../catalog/test/catalog-replica.js';
import { addCustomer } from '../../test/add-customer.js';
import { customerLimits } from '../model/customer.js';
import type { Shopper } from '../model/shopper.js';
import { AddressBook } from '../storefront/address-book.js';
import { CustomersModule } from '../storefront/customers.module.js';
import { ProfileEditor } from '../storefront/profile.editor.js';
import { ShopperAccessModule } from '../storefront/shopper-access.module.js';
import { WishList } from '../storefront/wish-list.js';
import { CreditReader } from '../storefront/credit.reader.js';
import { CreditEditor } from './credit.editor.js';
import { CustomerDirectory } from './customer.directory.js';
import { CustomerEditor } from './customer.editor.js';
import { CustomerGroupEditor } from './customer-group.editor.js';
import { CustomersAuthoringModule } from './customers-authoring.module.js';
import { EraseCustomerHandler } from './erase-customer.handler.js';
import { someAddress } from '../../../stores/test/some-address.js';

describeOnEachDatabase('what is kept of customers', (open) => {
  let replica: CatalogReplica;
  let store: Store;
  let other: Store;

  beforeAll(async () => {
    const modules = [ShopperAccessModule, CustomersModule, CustomersAuthoringModule];
    replica = await CatalogReplica.start(open, modules);
    store = await replica.addStore();
    other = await replica.addStore();
  });

  afterAll(() => replica.close());

  const shopperOf = (customerId: string): Shopper => ({
    customerId,
    storeId: store.id,
    storeCode: store.code,
    session: { id: newId(), expiresAt: 0 },
  });
  const add = (changes?: Parameters<typeof addCustomer>[2], at = store) =>
    addCustomer(replica.unitOfWork, at, changes);
  const update = (id: string, version: number, patch: Parameters<CustomerEditor['update']>[2]) =>
    replica.app.get(CustomerEditor).update({ storeCode: store.code, id }, version, patch);

  it('is found by the beginning of an address or a name, by group and state, page by page', async () => {
    const at = await replica.addStore();
    const directory = replica.app.get(CustomerDirectory);
    const group = { code: 'trade', name: 'Trade' };
    const { id: groupId } = await replica.app.get(CustomerGroupEditor).create(at.code, group);
    const { id: first } = await add({ email: 'ada@example.com', created_at: 10 }, at);
    const named = { email: 'adam@example.com', name: 'Grace', group_id: groupId, created_at: 20 };
    const { id: second } = await add(named, at);
    const { id: third } = await add(
      { email: 'bob_@example.com', is_blocked: 1, created_at: 20 },
      at,
    );
    const find = async (filter: Parameters<CustomerDirectory['list']>[1]) =>
      (await directory.list(at.code, filter, undefined, 10)).map(({ id }) => id);
    expect(await find({ email: 'ADA' })).toEqual([second, first]);
    expect(await find({ email: 'ada@' })).toEqual([first]);
    expect(await find({ email: 'example' })).toEqual([]);
    expect(await find({ name: 'Gra' })).toEqual([second]);
    expect(await find({ name: 'G%' })).toEqual([]);
    expect(await find({ group: 'trade' })).toEqual([second]);
    expect(await find({ isBlocked: true })).toEqual([third]);
    expect(await find({ isBlocked: false })).toEqual([second, first]);
    const newest = await directory.list(at.code, {}, undefined, 2);
    const rest = await directory.list(at.code, {}, newest.at(-1), 2);
    const inOrder = [...[second, third].toSorted().toReversed(), first];
    expect([...newest, ...rest].map(({ id }) => id)).toEqual(inOrder);
    expect(await directory.list(store.code, { email: 'ada@' }, undefined, 10)).toEqual([]);
  });

  it('is changed on top of what was read, within the store, into what the store has', async () => {
    const { id } = await add();
    const { email: taken } = await add();
    await expect(update(id, 1, { email: taken.toUpperCase() })).rejects.toMatchObject({
      code: 'customers.email-taken',
    });
    await expect(update(id, 1, { locale: 'fr' })).rejects.toMatchObject({
      code: 'catalog.locale-unknown',
    });
    await expect(update(id, 1, { group: 'none' })).rejects.toMatchObject({
      code: 'customers.group-unknown',
    });
    await expect(
      replica.app
        .get(CustomerEditor)
        .update({ storeCode: other.code, id }, 1, { name: 'Somebody else' }),
    ).rejects.toMatchObject({ code: 'customers.customer-not-found' });
    const changed = await update(id, 1, { name: 'Grace', locale: 'de', phone: '123' });
    expect(changed).toMatchObject({ name: 'Grace', locale: 'de', phone: '123', version: 2 });
    await expect(update(id, 1, { name: 'Late' })).rejects.toMatchObject({
      code: 'http.stale-version',
    });
    const profiles = replica.app.get(ProfileEditor);
    expect(await profiles.change(shopperOf(id), 2, { phone: null })).toMatchObject({
      name: 'Grace',
      phone: null,
      version: 3,
    });
    await expect(profiles.change(shopperOf(id), 2, { name: 'Late' })).rejects.toMatchObject({
      code: 'http.stale-version',
    });
  });

  it('has no credit in a currency that the store does not sell in', async () => {
    const { id } = await add();
    const credit = replica.app.get(CreditEditor);
    const address = { storeCode: store.code, id };
    await expect(credit.setLimit(address, 'XXX', 1_000)).rejects.toMatchObject({
      code: 'customers.currency-unknown',
    });
    expect(await replica.app.get(CreditReader).list(shopperOf(id))).toEqual([]);
  });

  it('keeps groups with a code of their own, as long as somebody is in them', async () => {
    const groups = replica.app.get(CustomerGroupEditor);
    const group = await groups.create(store.code, { code: 'club', name: 'Club' });
    await expect(groups.create(store.code, { code: 'club', name: 'x' })).rejects.toMatchObject({
      code: 'customers.group-code-taken',
    });
    await groups.create(other.code, { code: 'club', name: 'Club' });
    const { id } = await add();
    await update(id, 1, { group: 'club' });
    const inUse = { code: 'customers.group-in-use' };
    await expect(groups.remove(store.code, group.id, 1)).rejects.toMatchObject(inUse);
    await expect(groups.remove(other.code, group.id, 1)).rejects.toMatchObject({
      code: 'customers.group-not-found',
    });
    await update(id, 2, { group: null });
    expect(await groups.rename(store.code, group.id, 1, 'The club')).toMatchObject({ version: 2 });
    await expect(groups.remove(store.code, group.id, 1)).rejects.toMatchObject({
      code: 'http.stale-version',
    });
    await groups.remove(store.code, group.id, 2);
    expect(await groups.list(store.code, '', 10)).toEqual([]);
  });

  it('keeps addresses and wishes of one customer apart, each up to its limit, also at once', async () => {
    const book = replica.app.get(AddressBook);
    const list = replica.app.get(WishList);
    const [owner, stranger] = [shopperOf((await add()).id), shopperOf((await add()).id)];
    const content = { address: someAddress, isDefaultShipping: true, isDefaultBilling: false };
    const added = await Promise.allSettled(
      Array.from({ length: customerLimits.addresses + 2 }, () => book.add(owner, content)),
    );
    expect(added.filter(({ status }) => status === 'rejected')).toMatchObject(
      Array.from({ length: 2 }, () => ({ reason: { code: 'customers.address-book-full' } })),
    );
    const booked = await book.list(owner);
    expect(booked).toHaveLength(customerLimits.addresses);
    expect(booked.filter(({ isDefaultShipping }) => isDefaultShipping)).toHaveLength(1);
    const id = booked[0]?.id ?? '';
    const notFound = { code: 'customers.address-not-found' };
    await expect(book.replace(stranger, id, 1, content)).rejects.toMatchObject(notFound);
    await expect(book.remove(stranger, id)).rejects.toMatchObject(notFound);
    expect(await book.replace(owner, id, 1, content)).toMatchObject({ version: 2 });
    await book.remove(owner, id);
    const wishes = Array.from({ length: customerLimits.wishes }, () => ({
      variantId: newId(),
      productId: newId(),
    }));
    for (const wish of wishes) await list.ensure(owner, wish);
    for (const wish of wishes.slice(0, 2)) await list.ensure(owner, wish);
    expect(await list.list(owner)).toHaveLength(customerLimits.wishes);
    const more = { variantId: newId(), productId: newId() };
    await expect(list.ensure(owner, more)).rejects.toMatchObject({
      code: 'customers.wish-list-full',
    });
    await list.remove(stranger, wishes[0]?.variantId ?? '');
    expect(await list.list(owner)).toHaveLength(customerLimits.wishes);
    await list.remove(owner, wishes[0]?.variantId ?? '');
    await list.ensure(owner, more);
  });

  it('is taken away with the person, all of it but the row that other books name', async () => {
    const { id, email } = await add();
    const shopper = shopperOf(id);
    const content = { address: someAddress, isDefaultShipping: true, isDefaultBilling: true };
    await replica.app.get(AddressBook).add(shopper, content);
    const wish = { variantId: newId(), productId: newId() };
    await replica.app.get(WishList).ensure(shopper, wish);
    const mails = replica.app.get(MailOutbox);
    const mail = { language: 'en', subject: 'A mail', html: '<p></p>', text: '' } as const;
    const to = [
      { storeId: store.id, to: email.toUpperCase() },
      { storeId: other.id, to: email },
      { storeId: store.id, to: `x${email}` },
    ];
    for (const each of to) {
      const added = { kind: 'test', dedupeKey: newId(), ...mail, ...each };
      await replica.unitOfWork.run((tx) => mails.add(tx, added));
    }
    const erased: unknown[] = [];
    const context = {
      complete: async (work: Parameters<typeof replica.unitOfWork.run>[0]) => {
        erased.push(await replica.unitOfWork.run(work));
      },
    } as unknown as JobContext;
    for (let round = 0; round < 2; round += 1) {
      await replica.app.get(EraseCustomerHandler).handle({ customerId: id }, context);
    }
    expect(erased).toEqual([{ isErased: true }, { isErased: false }]);
    const left = await replica.unitOfWork.run((tx) =>
      tx.query<{ recipient: string }>(sql`SELECT recipient FROM mail ORDER BY id`),
    );
    expect(left.map(({ recipient }) => recipient)).toEqual([email, `x${email}`]);
    expect(await replica.app.get(AddressBook).list(shopper)).toEqual([]);
    expect(await replica.app.get(WishList).list(shopper)).toEqual([]);
    const rows = await replica.unitOfWork.run((tx) =>
      tx.query<object>(sql`SELECT * FROM customer WHERE id = ${id}`),
    );
    expect(rows).toMatchObject([{ name: '-', phone: null, password_hash: '-', is_blocked: 1 }]);
    expect(JSON.stringify(rows)).not.toContain(email);
    await expect(update(id, 2, { name: 'Back' })).rejects.toMatchObject({
      code: 'customers.customer-not-found',
    });
  });
});
