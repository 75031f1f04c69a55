import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Type } from '@nestjs/common';
import { cartsAuthoringSlice } from '#authoring/carts';
import { insertRows, PrimaryReader, type Row } from '#libs/database';
import { newId } from '#libs/kernel';
import type { Store } from '#libs/stores';
import { describeOnEachDatabase } from '#libs/testing';
import { CatalogReplica } from '../../../../catalog/test/catalog-replica.js';
import { addCustomer } from '../../../test/add-customer.js';
import { CustomerLookup } from '../../model/customer-lookup.js';
import { CustomersAuthoringModule } from '../customers-authoring.module.js';
import type { PersonalDataCatalog, ToldPart } from './personal-data-catalog.js';
import { PersonalDataReader } from './personal-data.reader.js';

const CARTS = 3;
/** Pages begin within the lines of a cart, and with the first of the next one. */
const LINES = 50;

/** Carts with their lines, which are sorted by two columns as those of orders are. */
const parts: readonly ToldPart[] = [
  {
    ...{ slice: 'carts', part: 'cart', table: 'cart', key: ['id'] },
    of: { part: 'person' },
    by: 'customer_id',
    told: ['id'],
    withheld: [],
  },
  {
    ...{ slice: 'carts', part: 'line', table: 'cart_line', key: ['cart_id', 'id'] },
    of: { part: 'cart', column: 'id' },
    by: 'cart_id',
    told: ['cart_id', 'id'],
    withheld: [],
  },
];

describeOnEachDatabase('what is told of a person', (open) => {
  let replica: CatalogReplica;
  let store: Store;

  beforeAll(async () => {
    const modules = [...(cartsAuthoringSlice.modules as Type[]), CustomersAuthoringModule];
    replica = await CatalogReplica.start(open, modules);
    store = await replica.addStore();
  });

  afterAll(() => replica.close());

  const insert = (table: string, rows: readonly Row[]) =>
    replica.unitOfWork.run((tx) => insertRows(tx, table, rows));

  it('is each row once, though a page ends within rows that two columns sort', async () => {
    const { id: customerId } = await addCustomer(replica.unitOfWork, store, {});
    const carts = Array.from({ length: CARTS }, () => newId());
    const times = { expires_at: 2, created_at: 0, updated_at: 1 };
    const cart = (id: string) => ({
      id,
      store_id: store.id,
      store_code: store.code,
      token_hash: `token-${id}`,
      customer_id: customerId,
      state: 'ordered',
      currency: 'EUR',
      locale: 'en',
      version: 1,
      ...times,
    });
    await insert('cart', carts.map(cart));
    const lines = carts.flatMap((cartId, index) =>
      Array.from({ length: LINES + index }, () => ({
        id: newId(),
        cart_id: cartId,
        product_id: newId(),
        variant_id: newId(),
        quantity: 1,
      })),
    );
    await insert('cart_line', lines);

    const database = replica.app.get(PrimaryReader);
    const catalog: Pick<PersonalDataCatalog, 'childrenOf'> = {
      childrenOf: (parent) => parts.filter(({ of }) => of.part === parent),
    };
    const reader = new PersonalDataReader(database, catalog as PersonalDataCatalog);
    const person = await replica.app.get(CustomerLookup).findOwn(database, customerId);
    const told: string[] = [];
    for await (const { part, data } of reader.records(person!)) {
      if (part === 'line') told.push(data['id'] as string);
    }
    expect(told.toSorted()).toEqual(lines.map(({ id }) => id).toSorted());
  });
});
