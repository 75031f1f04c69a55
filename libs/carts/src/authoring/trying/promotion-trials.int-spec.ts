import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { PrimaryReader, sql } from '#libs/database';
import { newId } from '#libs/kernel';
import type { ActivePromotion } from '#libs/promotions';
import { describeOnEachDatabase } from '#libs/testing';
import type { CatalogReplica } from '../../../../catalog/test/catalog-replica.js';
import { PromotedShop } from '../../../../orders/test/promoted-shop.js';
import { somePromotion } from '../../../../promotions/test/some-promotion.js';
import { CartsAuthoringModule } from '../carts-authoring.module.js';
import type { ImaginedCart } from '../../storefront/imagined-carts.js';
import { PromotionTrials } from './promotion-trials.js';

const twoPads: ImaginedCart = {
  items: [{ sku: 'PAD', quantity: 2 }],
  customerId: null,
  email: null,
  coupons: [],
  shippingMethod: 'post',
  shippingAddress: null,
  billingAddress: null,
  paymentMethod: null,
};

describeOnEachDatabase('trying a promotion on a cart', (open) => {
  let replica: CatalogReplica;
  let shop: PromotedShop;

  beforeAll(async () => {
    replica = await PromotedShop.startReplica(open, [CartsAuthoringModule]);
    shop = await PromotedShop.open(replica);
  });

  afterAll(() => replica?.close());

  const attempt = (
    promotion: ActivePromotion,
    cart: { id: string } | ImaginedCart = twoPads,
    more: { isCouponGiven?: boolean; at?: number; storeCode?: string } = {},
  ) => {
    const { at, storeCode = shop.store.code, isCouponGiven = false } = more;
    const trial = { promotion, isCouponGiven };
    return replica.app.get(PromotionTrials).try({ storeCode, trial, cart, at });
  };
  const draft = (changes: Partial<ActivePromotion> = {}) =>
    somePromotion({ id: newId(), ...changes });
  const ofTrial = ({ priced, promotionId }: Awaited<ReturnType<typeof attempt>>) =>
    priced.promotions.outcomes.find(({ promotion }) => promotion === promotionId);

  /** Everything that a cart or a use would change. */
  const written = async () => {
    const counts = await replica.app.get(PrimaryReader).query(sql`
      SELECT
        (SELECT COUNT(*) FROM cart) AS carts,
        (SELECT SUM(version) FROM cart) AS versions,
        (SELECT COUNT(*) FROM cart_line) AS cart_lines,
        (SELECT COUNT(*) FROM promotion) AS promotions,
        (SELECT COUNT(*) FROM promotion_use) AS uses,
        (SELECT COUNT(*) FROM invalidation_log) AS log_rows`);
    return counts;
  };

  it('says what a draft would take off a stored cart, and what it asks for, and changes nothing', async () => {
    const held = await shop.fill('ada@example.com');
    const before = await written();
    const promotion = draft({
      conditions: [
        { kind: 'quantity', atLeast: 2, items: { kind: 'skus', skus: ['PAD'] } },
        { kind: 'cart-total', atLeastMinor: 2_001 },
      ],
    });
    const refused = await attempt(promotion, { id: held.id });
    expect(ofTrial(refused)).toMatchObject({ isApplied: false, reason: 'cart-total-too-low' });
    expect(refused.checks).toMatchObject([
      { kind: 'currency', isMet: true },
      { kind: 'validity', isMet: true },
      { kind: 'coupon', isMet: true },
      { kind: 'quantity', condition: 0, isMet: true, actual: 2 },
      { kind: 'cart-total', condition: 1, isMet: false, actual: 2_000 },
      { kind: 'limits', isMet: true },
    ]);
    const [pads] = promotion.conditions;
    const applied = await attempt(
      { ...promotion, conditions: pads === undefined ? [] : [pads] },
      { id: held.id },
    );
    expect(ofTrial(applied)).toMatchObject({
      isApplied: true,
      allocations: [{ amountMinor: 200 }],
    });
    expect(applied.priced.totals.totalMinor).toBe(2_290);
    expect(await written()).toEqual(before);
    // The shopper pays what was shown all the while.
    expect((await shop.look(held)).totals.totalMinor).toBe(2_490);
  });

  it('tries it among the others of the store, in the place of what is stored of it', async () => {
    const stored = await shop.promote({ priority: 5 });
    const { storeId: _, state, createdAt, updatedAt, ...active } = stored;
    try {
      const first = await attempt(draft({ priority: 9, isExclusive: true }));
      expect(first.priced.promotions.outcomes).toMatchObject([
        { isApplied: true },
        { promotion: stored.id, isApplied: false, reason: 'exclusive-with-others' },
      ]);
      const changed = await attempt({
        ...active,
        reward: { kind: 'shipping', percentPpm: 1_000_000 },
      });
      expect(changed.priced.promotions.outcomes).toHaveLength(1);
      expect(ofTrial(changed)).toMatchObject({ isApplied: true, shippingMinor: 490 });
    } finally {
      await shop.change(stored, { state: 'paused' });
    }
  });

  it('knows coupons, limits, earlier orders and other times', async () => {
    const needsCoupon = draft({ needsCoupon: true });
    expect(ofTrial(await attempt(needsCoupon))).toMatchObject({ reason: 'coupon-missing' });
    const given = await attempt(needsCoupon, twoPads, { isCouponGiven: true });
    expect(ofTrial(given)).toMatchObject({ isApplied: true });

    const once = await shop.promote({ customerUseLimit: 1 });
    await shop.order(await shop.fill('eve@example.com'));
    const { storeId: _, state, createdAt, updatedAt, ...active } = once;
    const again = await attempt(active, { ...twoPads, email: 'eve@example.com' });
    expect(ofTrial(again)).toMatchObject({ reason: 'customer-limit-reached' });
    await shop.change(once, { state: 'paused' });

    const newcomers = draft({ conditions: [{ kind: 'first-order' }] });
    const known = await attempt(newcomers, { ...twoPads, email: 'eve@example.com' });
    expect(ofTrial(known)).toMatchObject({ reason: 'not-first-order' });
    const unknown = await attempt(newcomers, { ...twoPads, email: 'new@example.com' });
    expect(ofTrial(unknown)).toMatchObject({ isApplied: true });

    const later = draft({ validFrom: 5_000_000_000_000 });
    expect(ofTrial(await attempt(later))).toMatchObject({ reason: 'not-yet-valid' });
    const then = await attempt(later, twoPads, { at: 5_000_000_000_000 });
    expect(ofTrial(then)).toMatchObject({ isApplied: true });
  });

  it('refuses what no cart would take, and finds no cart of another store', async () => {
    const unknown = { ...twoPads, items: [{ sku: 'NONE', quantity: 1 }] };
    await expect(attempt(draft(), unknown)).rejects.toMatchObject({
      code: 'carts.items-refused',
      details: { items: [{ sku: 'NONE', reason: 'unknown-sku' }] },
    });
    const coupon = { ...twoPads, coupons: ['NO-SUCH'] };
    await expect(attempt(draft(), coupon)).rejects.toMatchObject({
      code: 'promotions.coupon-not-found',
    });
    const balloon = { ...twoPads, shippingMethod: 'balloon' };
    await expect(attempt(draft(), balloon)).rejects.toMatchObject({
      code: 'carts.shipping-method-unknown',
      details: { available: expect.arrayContaining(['post']) },
    });
    const held = await shop.fill(undefined);
    const other = await replica.addStore();
    await expect(
      attempt(draft(), { id: held.id }, { storeCode: other.code }),
    ).rejects.toMatchObject({ code: 'carts.cart-not-found' });
  });
});
