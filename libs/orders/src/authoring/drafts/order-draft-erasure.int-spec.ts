import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ErasureObservers } from '#libs/customers';
import { PrimaryReader, sql } from '#libs/database';
import { describeOnEachDatabase, gate } from '#libs/testing';
import type { CatalogReplica } from '../../../../catalog/test/catalog-replica.js';
import { addCustomer } from '../../../../customers/test/add-customer.js';
import { someAddress } from '../../../../stores/test/some-address.js';
import { PromotedShop } from '../../../test/promoted-shop.js';
import { OrderDraftEditor } from './order-draft.editor.js';
import type { DraftContent } from './order-draft.js';

const draftOf = (customerId: string): DraftContent => ({
  order: {
    items: [{ sku: 'PAD', quantity: 2 }],
    customerId,
    email: 'ada@example.com',
    coupons: [],
    shippingMethod: 'post',
    shippingAddress: someAddress,
    billingAddress: null,
    paymentMethod: 'manual',
    agreedPrices: [],
  },
  note: 'calls again on Monday',
});

describeOnEachDatabase('a draft for a person who is erased meanwhile', (open) => {
  let replica: CatalogReplica;
  let shop: PromotedShop;

  beforeAll(async () => {
    replica = await PromotedShop.startReplica(open);
    shop = await PromotedShop.open(replica);
  });

  afterAll(() => replica?.close());

  const editor = () => replica.app.get(OrderDraftEditor);
  const create = (customerId: string) => editor().create(shop.store.code, draftOf(customerId));
  const change = (id: string, customerId: string) =>
    editor().replace({ storeCode: shop.store.code, id }, 1, draftOf(customerId));
  /** What the job does, in its order. */
  const erase = (customerId: string) =>
    replica.unitOfWork.run(async (tx) => {
      await tx.execute(sql`
        UPDATE customer
        SET erased_at = 2
        WHERE id = ${customerId}`);
      await replica.app.get(ErasureObservers).tell(tx, customerId);
    });
  const left = async () => {
    const rows = await replica.app.get(PrimaryReader).query<{ id: string }>(sql`
      SELECT id
      FROM order_draft`);
    return rows.length;
  };

  /** Begins the second while nothing of the first is missing but its commit. */
  const together = async (first: () => Promise<unknown>, second: () => Promise<unknown>) => {
    const { unitOfWork } = replica;
    const run = unitOfWork.run.bind(unitOfWork);
    const [isDone, mayCommit] = [gate(), gate()];
    unitOfWork.run = (work, ...rest) => {
      unitOfWork.run = run;
      return run(
        async (tx) => {
          const outcome = await work(tx);
          isDone.open();
          await mayCommit.opened;
          return outcome;
        },
        ...rest,
      );
    };
    const begun = first();
    await isDone.opened;
    const other = second();
    setImmediate(mayCommit.open);
    return Promise.allSettled([begun, other]);
  };
  const refused = { status: 'rejected', reason: { code: 'customers.customer-not-found' } };

  it('goes with them when it was written first, and is not written when they were erased first', async () => {
    const { id: first } = await addCustomer(replica.unitOfWork, shop.store);
    const both = await together(
      () => create(first),
      () => erase(first),
    );
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    expect(await left()).toBe(0);
    const { id: second } = await addCustomer(replica.unitOfWork, shop.store);
    const [, written] = await together(
      () => erase(second),
      () => create(second),
    );
    expect(written).toMatchObject(refused);
    expect(await left()).toBe(0);
  });

  it('comes back by no change, and is handed to nobody who is erased', async () => {
    const { id: first } = await addCustomer(replica.unitOfWork, shop.store);
    const { id } = await create(first);
    const both = await together(
      () => change(id, first),
      () => erase(first),
    );
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    expect(await left()).toBe(0);
    const { id: second } = await addCustomer(replica.unitOfWork, shop.store);
    const theirs = await create(second);
    const [, changed] = await together(
      () => erase(second),
      () => change(theirs.id, second),
    );
    expect(changed.status).toBe('rejected');
    expect(await left()).toBe(0);
    const [{ id: third }, { id: fourth }] = [
      await addCustomer(replica.unitOfWork, shop.store),
      await addCustomer(replica.unitOfWork, shop.store),
    ];
    const handedOn = await create(third);
    const [, handed] = await together(
      () => erase(fourth),
      () => change(handedOn.id, fourth),
    );
    expect(handed).toMatchObject(refused);
    expect(await left()).toBe(1);
  });
});
