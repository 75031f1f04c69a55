import { CustomerDirectory, CustomerEditor, CustomerGroupEditor } from '#authoring/customers';
import { ShopperSessionEditor, type Shopper } from '#libs/customers';
import type { Write } from './catalog-writes.js';
import type { ShopWorld } from './shop-world.js';

const write = (name: string, run: Write['run']): Write => ({ name, run });

type Patch = Parameters<CustomerEditor['update']>[2];

const customer = (name: string, patch: Patch): Write =>
  write(`a customer: ${name}`, async (shop) => {
    const { storeCode, ids } = shop;
    const { version } = await shop.get(CustomerDirectory).get(storeCode, ids.customer);
    await shop.get(CustomerEditor).update({ storeCode, id: ids.customer }, version, patch);
  });

const shopperOf = ({ ids, storeCode }: ShopWorld): Shopper => ({
  customerId: ids.customer,
  storeId: '',
  storeCode,
  session: { id: ids.shopperSession, expiresAt: 0 },
});

/** What is written to customers; in the end the one customer is blocked. */
export const customerWrites: readonly Write[] = [
  customer('the name', { name: 'Augusta' }),
  customer('another group', { group: 'club' }),
  write('a group is renamed', async (shop) => {
    const [group] = await shop.get(CustomerGroupEditor).list(shop.storeCode, '', 1);
    if (group === undefined) throw new TypeError('the shop has no group');
    const { id, version } = group;
    await shop.get(CustomerGroupEditor).rename(shop.storeCode, id, version, 'Renamed');
  }),
  write('a session is ended by its shopper', async (shop) => {
    await shop.get(ShopperSessionEditor).endOwn(shopperOf(shop), shop.ids.shopperSession);
  }),
  customer('in no group', { group: null }),
  customer('blocked', { isBlocked: true }),
];
