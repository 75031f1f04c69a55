import { eventually } from '#libs/testing';
import { randomUUID } from 'node:crypto';
import {
  amountOf,
  setPrice,
  storefrontPath,
  type PricedProduct,
} from '../../support/catalog-client.js';
import { OrderStaff, placeOrder } from '../../support/order-staff.js';
import type { ReplicaClient } from '../../support/replica-client.js';
import { createWare } from '../../support/shop-client.js';

/** Who does what in a round: replicas of one release, or of two while one replaces the other. */
export interface ShopRound {
  readonly store: string;
  /** Where a shopper fills a cart, and where the same shopper orders. */
  readonly shop: ReplicaClient;
  /** Where staff write, and where they ship. */
  readonly staff: ReplicaClient;
  readonly shippedBy?: ReplicaClient;
  readonly readAt?: ReplicaClient;
}

/** What was seen, in the words of the API. */
export interface RoundOutcome {
  readonly shown: number | undefined;
  readonly ordered: number;
  readonly order: string;
}

/**
 * The main flows once: a product is made and read, its price written and shown, a cart filled and ordered, the order shipped. Rejects with
 * the answer that is not a success.
 */
export async function shopRound(round: ShopRound): Promise<RoundOutcome> {
  const { store, shop, staff, shippedBy = staff, readAt = shop } = round;
  const sku = `R${randomUUID().slice(0, 8).toUpperCase()}`;
  const ware = await createWare(staff, store, sku);
  const slug = sku.toLowerCase();
  const product: PricedProduct = {
    store,
    slug,
    id: ware.productId,
    variantId: ware.variantId,
    version: 1,
    priceVersion: 1,
  };
  const read = () => readAt.get<unknown>(storefrontPath(product));
  await eventually(`${slug} is in the shop`, async () => (await read()).status === 200);
  await setPrice(staff, product, 1_250);
  const shown = await eventually(`the price of ${slug}`, async () => {
    const amount = amountOf((await read()).body);
    return amount === 1_250 ? amount : undefined;
  });
  const { id } = await placeOrder(shop, store, [{ sku, quantity: 2 }]);
  const desk = new OrderStaff(shippedBy, store);
  const { version } = await desk.order(id);
  const shipped = await desk.post(id, 'shipments', version, {});
  if (shipped.status !== 201) throw new Error(`not shipped: ${JSON.stringify(shipped.body)}`);
  const { lines } = await new OrderStaff(staff, store).fulfilment(id);
  return { shown, ordered: lines[0]?.shipped ?? 0, order: shipped.body.state };
}
