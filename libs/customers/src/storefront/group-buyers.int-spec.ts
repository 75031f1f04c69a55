import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  CustomerEditor,
  CustomerGroupEditor,
  CustomersAuthoringModule,
} from '#authoring/customers';
import { PromotionEditor, PromotionsAuthoringModule } from '#authoring/promotions';
import { concernsPlan, planFromCache } from '#libs/cache';
import { PromotionOffers, PromotionsModule, type PromotionOutcome } from '#libs/promotions';
import type { Store } from '#libs/stores';
import { describeOnEachDatabase } from '#libs/testing';
import { CatalogReplica } from '../../../catalog/test/catalog-replica.js';
import { somePromotion } from '../../../promotions/test/some-promotion.js';
import { addCustomer } from '../../test/add-customer.js';
import { customersTags } from '../model/customers.tags.js';
import { ShopperAccessModule } from './shopper-access.module.js';

describeOnEachDatabase('the group of a buyer', (open) => {
  let replica: CatalogReplica;
  let store: Store;
  let customerId: string;

  beforeAll(async () => {
    replica = await CatalogReplica.start(open, [
      PromotionsModule,
      PromotionsAuthoringModule,
      ShopperAccessModule,
      CustomersAuthoringModule,
    ]);
    store = await replica.addStore();
    for (const code of ['trade', 'club']) {
      await replica.app.get(CustomerGroupEditor).create(store.code, { code, name: code });
    }
    ({ id: customerId } = await addCustomer(replica.unitOfWork, store));
  });

  afterAll(() => replica.close());

  const promoteFor = async (at: Store): Promise<void> => {
    const {
      id: _,
      version: __,
      ...content
    } = somePromotion({
      conditions: [{ kind: 'customer-group', groups: ['trade'] }],
    });
    const promotion = { ...content, state: 'active' } as const;
    await replica.app.get(PromotionEditor).create(at.code, promotion);
  };

  const outcomeFor = async (
    buyer: string | null,
    at = store,
  ): Promise<PromotionOutcome | undefined> => {
    const offer = await replica.app.get(PromotionOffers).offerFor({
      buyer: { storeId: at.id, customerId: buyer, email: null },
      currency: 'EUR',
      coupons: [],
      at: 1_000,
    });
    const line = { lineId: 'a', sku: null, categoryIds: [], quantity: 1, unitPriceMinor: 1_000 };
    return offer.evaluate({ currency: 'EUR', lines: [line], shippingMinor: 0, at: 1_000 })[0];
  };

  const put = (group: string | null, version: number) =>
    replica.app
      .get(CustomerEditor)
      .update({ storeCode: store.code, id: customerId }, version, { group });

  it('decides what is taken off, from the commit on that changes it', async () => {
    await promoteFor(store);
    const refused = { isApplied: false, reason: 'other-customer-group' };
    expect(await outcomeFor(customerId)).toMatchObject(refused);
    await put('trade', 1);
    expect(await outcomeFor(customerId)).toMatchObject({ isApplied: true });
    expect(await outcomeFor(null)).toMatchObject(refused);
    await put('club', 2);
    expect(await outcomeFor(customerId)).toMatchObject(refused);
    await put('trade', 3);
    expect(await outcomeFor(customerId)).toMatchObject({ isApplied: true });
    await put(null, 4);
    expect(await outcomeFor(customerId)).toMatchObject(refused);
  });

  it('counts at the store of the customer alone', async () => {
    const other = await replica.addStore();
    await promoteFor(other);
    await replica.app.get(CustomerGroupEditor).create(other.code, { code: 'trade', name: 'Trade' });
    const { id } = await addCustomer(replica.unitOfWork, other);
    await replica.app
      .get(CustomerEditor)
      .update({ storeCode: other.code, id }, 1, { group: 'trade' });
    expect(await outcomeFor(id, other)).toMatchObject({ isApplied: true });
    expect(await outcomeFor(id, store)).toMatchObject({ isApplied: false });
  });

  it('is part of what a checkout is planned from', async () => {
    const plan = await planFromCache(
      () => ({ upTo: 0, above: new Set() }),
      () => outcomeFor(customerId),
    );
    expect(concernsPlan(plan, { position: 1, tags: [customersTags.customer(customerId)] })).toBe(
      true,
    );
  });
});
