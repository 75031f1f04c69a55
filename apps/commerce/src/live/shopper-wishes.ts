import { Injectable } from '@nestjs/common';
import { cartTopic, hashOfToken } from '#libs/carts';
import { catalogTags } from '#libs/catalog';
import { inventoryTags } from '#libs/inventory';
import type { JsonValue } from '#libs/kernel';
import { orderTopic } from '#libs/orders';
import { pushErrors, type LiveWish, type LiveWishes, type PushCredential } from '#libs/push';
import { z } from 'zod';
import { LiveSources } from './live-sources.js';
import type { ShopperCredential } from './shopper-credentials.js';

const MAX_CARTS = 2;
const MAX_ORDERS = 10;
const MAX_PRODUCTS = 50;

const token = z.string().min(1).max(200).optional();

const wishes = z.strictObject({
  carts: z
    .array(z.strictObject({ id: z.uuid(), token }))
    .max(MAX_CARTS)
    .default([]),
  orders: z
    .array(z.strictObject({ number: z.string().min(1).max(40), token, link: token }))
    .max(MAX_ORDERS)
    .default([]),
  products: z.array(z.uuid()).max(MAX_PRODUCTS).default([]),
});

/**
 * What shoppers ask to watch. Carts and orders open to what opens their routes: the customer of the
 * connection, the token that came with it, or a token or link of their own; products are those of one store.
 */
@Injectable()
export class ShopperWishes implements LiveWishes {
  constructor(private readonly sources: LiveSources) {}

  async read(wanted: JsonValue, credential: PushCredential): Promise<readonly LiveWish[]> {
    const { success, data, error } = wishes.safeParse(wanted);
    if (!success) {
      const isTooMany = error.issues.some(
        (issue) => issue.code === 'too_big' && issue.origin === 'array',
      );
      throw isTooMany ? pushErrors.tooManyWatches() : pushErrors.watchInvalid();
    }
    const { customerId, tokenHash, storeCode } = credential as ShopperCredential;
    const hashOf = (own: string | undefined) => (own === undefined ? tokenHash : hashOfToken(own));
    const { cart, order, product } = this.sources;
    return [
      ...data.carts.map(({ id, token: own }) => ({
        source: cart,
        id,
        address: { id, tokenHash: hashOf(own), customerId },
        topics: [cartTopic(id)],
      })),
      ...data.orders.map(({ number, token: own, link }) => ({
        source: order,
        id: number,
        address: { number, tokenHash: hashOf(own), customerId, link: link ?? null },
        topics: [orderTopic(number)],
      })),
      ...data.products.map((productId) => ({
        source: product,
        id: productId,
        address: { productId, storeCode },
        topics: [inventoryTags.availability(productId), catalogTags.product(productId)],
      })),
    ] as readonly LiveWish[];
  }
}
