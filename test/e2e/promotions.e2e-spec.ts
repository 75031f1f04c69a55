import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually, startFleet, type RunningFleet } from '#libs/testing';
import type { OrderAnswer as StaffOrder } from '../../apps/authoring/src/orders/order.schemas.js';
import type {
  BatchAnswer,
  CouponAnswer,
} from '../../apps/authoring/src/promotions/coupon.schemas.js';
import type { PromotionAnswer } from '../../apps/authoring/src/promotions/promotion.schemas.js';
import type { CartAnswer } from '../../apps/commerce/src/carts/cart.schemas.js';
import type { OrderAnswer } from '../../apps/commerce/src/orders/order.schemas.js';
import { createStore } from '../support/catalog-client.js';
import {
  createCoupon,
  createPromotion,
  giveCoupon,
  lookAt,
  patchPromotion,
  usesOf,
} from '../support/promotion-client.js';
import { ReplicaClient } from '../support/replica-client.js';
import {
  checkout,
  createWare,
  fillCart,
  openShop,
  withToken,
  type HeldCart,
} from '../support/shop-client.js';
import { ifMatch } from '../support/staff-accounts.js';

interface Filled {
  readonly held: HeldCart;
  readonly cart: CartAnswer;
}

describe('promotions, over several replicas', () => {
  let fleet: RunningFleet;
  let staff: ReplicaClient;
  let shops: ReplicaClient[];
  let store: string;
  let stores = 0;

  beforeAll(async () => {
    // Many write at once: on a slow machine the last of them waits for long.
    const env = { JOBS_WORKER: 'false', MAX_TRANSACTION_MS: '60000' };
    fleet = await startFleet({ commerce: 4, authoring: 1, env });
    staff = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    shops = fleet.commerce.map(({ url }) => new ReplicaClient(url));
  });

  afterAll(() => fleet?.stop());

  /** Each test has a shop of its own, that sells pads for 10.00 and ships for 4.90. */
  beforeEach(async () => {
    stores += 1;
    store = `shop-${stores}`;
    await createStore(staff, store);
    await openShop(staff, store);
    await createWare(staff, store, 'PAD', { onHand: 1_000 });
  });

  const shop = (index = 0): ReplicaClient => shops[index % shops.length]!;
  const fill = (index = 0, quantity = 1): Promise<Filled> =>
    fillCart(shop(index), store, [{ sku: 'PAD', quantity }]);

  /** Everybody confirms what the cart showed before anybody has ordered. */
  const race = async (carts: readonly Filled[]) => {
    const replies = await Promise.all(
      carts.map(({ held, cart }, index) =>
        checkout(shop(index + 1), held, cart.total, randomUUID()),
      ),
    );
    for (const { status, body } of replies.filter((reply) => reply.status !== 201)) {
      expect({ status, code: (body as unknown as { code: string }).code }).toEqual({
        status: 409,
        code: 'orders.total-changed',
      });
    }
    return replies.filter(({ status }) => status === 201).length;
  };

  it('uses a coupon with limit 5 exactly five times, whoever asks where', async () => {
    const promotion = await createPromotion(staff, store, { needsCoupon: true });
    await createCoupon(staff, store, promotion, { code: 'FIVE', useLimit: 5 });
    const carts: Filled[] = [];
    for (let index = 0; index < 60; index += 1) {
      const { held } = await fill(index);
      const { status, body } = await giveCoupon(shop(index + 1), held, 'five');
      expect(status).toBe(200);
      expect(body.coupons).toEqual([{ code: 'FIVE', isApplied: true, reason: null }]);
      carts.push({ held, cart: body });
    }
    expect(await race(carts)).toBe(5);
    expect(await usesOf(staff, store, promotion)).toBe(5);
    const { held } = await fill();
    const late = await giveCoupon(shop(2), held, 'FIVE');
    expect(late.body.coupons).toEqual([
      { code: 'FIVE', isApplied: false, reason: 'coupon-used-up' },
    ]);
  });

  it('generates coupons that are taken away as a file, and lists them page by page', async () => {
    const promotion = await createPromotion(staff, store, { needsCoupon: true });
    const path = `/promotions/${promotion.id}`;
    const { body: batch } = await staff.expect<BatchAnswer>(
      201,
      'POST',
      `${path}/coupon-batches?store=${store}`,
      { body: { name: 'Spring', prefix: 'sp', count: 120 } },
    );
    expect(batch).toMatchObject({ prefix: 'SP', count: 120, useLimit: 1 });
    const file = await staff.call<string>(
      'GET',
      `${path}/coupon-batches/${batch.id}/codes?store=${store}`,
    );
    expect(file.headers.get('content-type')).toMatch(/^text\/csv/);
    const [head, ...rows] = file.body.trimEnd().split('\n');
    expect(head).toBe('code,uses,limit');
    const listed: string[] = [];
    let cursor = '';
    for (let page = 0; page < 2; page += 1) {
      const { body } = await staff.expect<{
        readonly items: readonly CouponAnswer[];
        readonly nextCursor: string | null;
      }>(200, 'GET', `${path}/coupons?store=${store}&limit=100&batch=${batch.id}${cursor}`);
      listed.push(...body.items.map(({ code }) => `${code},0,1`));
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(listed).toEqual(rows);
    expect(new Set(rows).size).toBe(120);
    const { held } = await fill();
    const [code = ''] = rows[0]?.split(',') ?? [];
    const { body: cart } = await giveCoupon(shop(1), held, code.toLowerCase());
    expect(cart.coupons).toEqual([{ code, isApplied: true, reason: null }]);
  });

  it('lets a customer use a promotion once, under 50 checkouts at the same time', async () => {
    const promotion = await createPromotion(staff, store, { customerUseLimit: 1 });
    const carts: Filled[] = [];
    for (let index = 0; index < 50; index += 1) carts.push(await fill(index));
    for (const { cart } of carts) expect(cart.discount.amount).toBeGreaterThan(0);
    expect(await race(carts)).toBe(1);
    expect(await usesOf(staff, store, promotion)).toBe(1);
  });

  it('changes what every replica takes off at once, and no order that was placed', async () => {
    const promotion = await createPromotion(staff, store);
    const { held, cart } = await fill(0, 2);
    expect(cart).toMatchObject({
      total: { amount: 2_290 },
      promotions: [{ id: promotion.id, name: 'Ten off', discount: { amount: 200 } }],
    });
    const { subtotal, discount, shipping, tax, total } = cart;
    expect(subtotal.amount - discount.amount + shipping.amount + tax.amount).toBe(total.amount);
    const placed = await checkout(shop(1), held, cart.total, randomUUID());
    const carts = await Promise.all(shops.map((_, index) => fill(index)));
    const paused = await patchPromotion(staff, store, promotion, { state: 'paused' });
    expect(paused).toMatchObject({ status: 200, body: { state: 'paused', version: 2 } });
    const position = paused.headers.get('lockstep-position') ?? '';
    for (const [index, { held: other }] of carts.entries()) {
      const { promotions } = await lookAt(shop(index), other, position);
      expect(promotions).toEqual([]);
    }
    const order = await shop(2).expect<OrderAnswer>(200, 'GET', `/orders/${placed.body.number}`, {
      headers: withToken(held),
    });
    expect(order.body).toMatchObject({
      total: { amount: 2_290 },
      promotions: [{ id: promotion.id, coupon: null, discount: { amount: 200 } }],
    });
    const stored = await staff.expect<StaffOrder>(
      200,
      'GET',
      `/orders/${placed.body.id}?store=${store}`,
    );
    expect(stored.body.promotions).toMatchObject([
      { id: promotion.id, version: 1, allocations: [{ item: 1, discount: { amount: 200 } }] },
    ]);
  });

  it('begins a promotion at its instant on every replica, without a restart or a flush', async () => {
    const carts = await Promise.all(shops.map((_, index) => fill(index)));
    const beginsAt = Date.now() + 4_000;
    await createPromotion(staff, store, { validFrom: new Date(beginsAt).toISOString() });
    const isOn = async (index: number): Promise<boolean> =>
      (await lookAt(shop(index), carts[index]!.held)).promotions.length > 0;
    for (const index of shops.keys()) {
      const isEarly = await isOn(index);
      if (Date.now() < beginsAt - 500) expect(isEarly).toBe(false);
    }
    for (const index of shops.keys()) {
      await eventually(`the promotion on replica ${index}`, async () =>
        (await isOn(index)) ? true : undefined,
      );
    }
    expect(Date.now()).toBeGreaterThanOrEqual(beginsAt - 500);
  });

  it('gives back what a cancelled order has used', async () => {
    const promotion = await createPromotion(staff, store, { useLimit: 1 });
    const { held, cart } = await fill();
    const { body: placed } = await checkout(shop(), held, cart.total, randomUUID());
    const other = await fill(1);
    expect(other.cart.promotions).toEqual([]);
    await staff.expect(200, 'POST', `/orders/${placed.id}/actions?store=${store}`, {
      headers: ifMatch(1),
      body: { action: 'cancel', reason: null },
    });
    expect(await usesOf(staff, store, promotion)).toBe(0);
    const again = await lookAt(shop(2), other.held);
    expect(again.promotions).toHaveLength(1);
    expect(await checkout(shop(3), other.held, again.total, randomUUID())).toMatchObject({
      status: 201,
    });
  });

  it('tells shoppers what their cart is not far from, and nothing of the rest', async () => {
    const condition = (atLeastMinor: number) => [{ kind: 'cart-total', atLeastMinor }];
    const near = await createPromotion(staff, store, {
      currency: 'EUR',
      conditions: condition(5_000),
    });
    await createPromotion(staff, store, { needsCoupon: true });
    await createPromotion(staff, store, { validFrom: '2999-01-01T00:00:00Z' });
    await createPromotion(staff, store, {
      conditions: [{ kind: 'customer-group', groups: ['vip'] }],
    });
    const { cart } = await fill();
    expect(cart.promotions).toEqual([]);
    expect(cart.missedPromotions).toEqual([
      { id: near.id, name: 'Ten off', reason: 'cart-total-too-low' },
    ]);
  });

  it('refuses what makes no sense, and changes that are based on what is no longer there', async () => {
    const reward = { kind: 'amount', amountMinor: 500, items: { kind: 'all' } };
    for (const [body, status] of [
      [{ reward }, 422],
      [{ reward, currency: 'JPY' }, 422],
      [{ reward: { kind: 'percent', amountMinor: 50_000, items: { kind: 'all' } } }, 400],
      [{ reward: { kind: 'percent', percentPpm: 1_000_001, items: { kind: 'all' } } }, 400],
      [{ validFrom: '2026-01-02T00:00:00Z', validUntil: '2026-01-01T00:00:00Z' }, 422],
      [{ useLimit: 0 }, 400],
      [{ surprise: true }, 400],
    ] as const) {
      const percent = { kind: 'percent', percentPpm: 100_000, items: { kind: 'all' } };
      const reply = await staff.call('POST', '/promotions', {
        body: { store, name: 'Odd', reward: percent, ...body },
      });
      expect({ body, status: reply.status }).toEqual({ body, status });
    }
    const promotion = await createPromotion(staff, store);
    expect(await patchPromotion(staff, store, promotion, { name: 'Other' })).toMatchObject({
      status: 200,
      body: { name: 'Other', version: 2 },
    });
    expect(await patchPromotion(staff, store, promotion, { name: 'Late' })).toMatchObject({
      status: 412,
    });
    const path = (id: string) => `/promotions/${id}?store=${store}`;
    expect(await staff.call('DELETE', path(promotion.id), { headers: ifMatch(1) })).toMatchObject({
      status: 412,
    });
    const { held, cart } = await fill();
    expect(await checkout(shop(), held, cart.total, randomUUID())).toMatchObject({ status: 201 });
    expect(await staff.call('DELETE', path(promotion.id), { headers: ifMatch(2) })).toMatchObject({
      status: 409,
      body: { code: 'promotions.promotion-used' },
    });
    const unused = await createPromotion(staff, store, { name: 'Unused', state: 'paused' });
    const listed = await staff.expect<{ readonly items: readonly PromotionAnswer[] }>(
      200,
      'GET',
      `/promotions?store=${store}&state=paused`,
    );
    expect(listed.body.items).toMatchObject([{ id: unused.id }]);
    await staff.expect(204, 'DELETE', path(unused.id), { headers: ifMatch(1) });
    expect(await staff.call('GET', path(unused.id))).toMatchObject({ status: 404 });
  });
});
