import type { CouponAnswer } from '../../apps/authoring/src/promotions/coupon.schemas.js';
import type {
  PromotionAnswer,
  PromotionDetailAnswer,
} from '../../apps/authoring/src/promotions/promotion.schemas.js';
import type { CartAnswer } from '../../apps/commerce/src/carts/cart.schemas.js';
import type { ReplicaClient, Reply } from './replica-client.js';
import { withToken, type HeldCart } from './shop-client.js';
import { ifMatch } from './staff-accounts.js';

/** 10 % off everything, but for what a test changes. */
export async function createPromotion(
  staff: ReplicaClient,
  store: string,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<PromotionAnswer> {
  const { body } = await staff.expect<PromotionAnswer>(201, 'POST', '/promotions', {
    body: {
      store,
      name: 'Ten off',
      reward: { kind: 'percent', percentPpm: 100_000, items: { kind: 'all' } },
      ...changes,
    },
  });
  return body;
}

export function patchPromotion(
  staff: ReplicaClient,
  store: string,
  { id, version }: Pick<PromotionAnswer, 'id' | 'version'>,
  body: Readonly<Record<string, unknown>>,
): Promise<Reply<PromotionAnswer>> {
  return staff.call<PromotionAnswer>('PATCH', `/promotions/${id}?store=${store}`, {
    headers: ifMatch(version),
    body,
  });
}

export async function createCoupon(
  staff: ReplicaClient,
  store: string,
  { id }: PromotionAnswer,
  body: Readonly<Record<string, unknown>>,
): Promise<CouponAnswer> {
  const path = `/promotions/${id}/coupons?store=${store}`;
  return (await staff.expect<CouponAnswer>(201, 'POST', path, { body })).body;
}

/** How many orders have used it. */
export async function usesOf(
  staff: ReplicaClient,
  store: string,
  { id }: PromotionAnswer,
): Promise<number> {
  const path = `/promotions/${id}?store=${store}`;
  return (await staff.expect<PromotionDetailAnswer>(200, 'GET', path)).body.uses;
}

export function giveCoupon(
  shop: ReplicaClient,
  held: HeldCart,
  code: string,
): Promise<Reply<CartAnswer>> {
  const path = `/carts/${held.id}/coupons/${encodeURIComponent(code)}`;
  return shop.call<CartAnswer>('PUT', path, { headers: withToken(held) });
}

export async function lookAt(
  shop: ReplicaClient,
  held: HeldCart,
  position?: string,
): Promise<CartAnswer> {
  const headers = {
    ...withToken(held),
    ...(position === undefined ? {} : { 'lockstep-position': position }),
  };
  return (await shop.expect<CartAnswer>(200, 'GET', `/carts/${held.id}`, { headers })).body;
}
