import type { Type } from '@nestjs/common';
import {
  CouponEditor,
  PromotionDirectory,
  PromotionEditor,
  PromotionsAuthoringModule,
} from '#authoring/promotions';
import { StoreSettingsEditor } from '#authoring/stores';
import {
  CartCoupons,
  CartEditor,
  CustomerCarts,
  type CartAddress,
  type PricedCart,
} from '#libs/carts';
import { newId } from '#libs/kernel';
import type { Promotion } from '#libs/promotions';
import { StoreReader, type Store } from '#libs/stores';
import type { OpenDatabaseFixture } from '#libs/testing';
import { productDraft, variantDraft } from '../../catalog/test/catalog-drafts.js';
import { CatalogReplica } from '../../catalog/test/catalog-replica.js';
import { OrdersAuthoringModule } from '../src/authoring/orders-authoring.module.js';
import { Checkout } from '../src/storefront/checkout.js';
import { OrdersModule } from '../src/storefront/orders.module.js';
import { tenPercentOff } from '../../promotions/test/some-promotion.js';
import { someAddress } from '../../stores/test/some-address.js';

type PromotionDraft = Parameters<PromotionEditor['create']>[1];

/** A store that sells pads for 10.00 and ships for 4.90, with both sides of promotions and orders. */
export class PromotedShop {
  private constructor(
    readonly replica: CatalogReplica,
    readonly store: Store,
  ) {}

  static startReplica(
    open: OpenDatabaseFixture,
    modules: readonly Type[] = [],
  ): Promise<CatalogReplica> {
    return CatalogReplica.start(open, [
      OrdersModule,
      OrdersAuthoringModule,
      PromotionsAuthoringModule,
      ...modules,
    ]);
  }

  static async open(replica: CatalogReplica): Promise<PromotedShop> {
    const store = await replica.addStore();
    const pad = variantDraft({
      sku: 'PAD',
      prices: [{ currency: 'EUR', amountMinor: 1_000, compareAtMinor: null }],
      stock: { onHand: 1_000, isTracked: true, allowsBackorder: false },
    });
    await replica.saveMany(store, [
      productDraft('pad', { categoryPath: ['Brakes', 'Pads'], variants: [pad] }),
    ]);
    await replica.app.get(StoreSettingsEditor).replace(store.code, 'sales', 0, {
      orderNumberPrefix: '',
      allowedCountries: [],
      shippingMethods: [
        {
          code: 'post',
          name: 'Post',
          countries: [],
          pricesMinor: { EUR: 490 },
          freeFromMinor: { EUR: 5_000 },
        },
      ],
    });
    return new PromotedShop(replica, store);
  }

  promote(changes: Partial<PromotionDraft> = {}): Promise<Promotion> {
    const content = { ...tenPercentOff, state: 'active' as const, ...changes };
    return this.replica.app.get(PromotionEditor).create(this.store.code, content);
  }

  change({ id, version }: Promotion, patch: Partial<PromotionDraft>): Promise<Promotion> {
    const address = { storeCode: this.store.code, id };
    return this.replica.app.get(PromotionEditor).update(address, version, patch);
  }

  addCoupon({ id }: Promotion, code: string, useLimit: number | null = null) {
    const address = { storeCode: this.store.code, id };
    return this.replica.app.get(CouponEditor).create(address, { code, useLimit });
  }

  usesOf(promotion: Promotion): Promise<number> {
    return this.replica.app.get(PromotionDirectory).usesOf(promotion);
  }

  /** A cart of this many pads with everything that an order needs. */
  async fill(email: string | undefined, quantity = 2): Promise<CartAddress> {
    const { token, cart } = await this.replica.app.get(CartEditor).create(await this.sight());
    return this.furnish({ id: cart.cart.id, token }, email, quantity);
  }

  /** The same, of a customer. */
  async fillOf(customerId: string, email: string): Promise<CartAddress> {
    const customer = { customerId, storeId: this.store.id };
    const { cart } = await this.replica.app.get(CustomerCarts).ensure(await this.sight(), customer);
    return this.furnish({ id: cart.id, token: '', customer }, email, 2);
  }

  private sight() {
    return this.replica.app.get(StoreReader).sight(this.store.code, 'en', 'EUR');
  }

  private async furnish(held: CartAddress, email: string | undefined, quantity: number) {
    const carts = this.replica.app.get(CartEditor);
    await carts.addItems(held, undefined, [{ sku: 'PAD', quantity }]);
    await carts.setDetails(held, undefined, {
      email,
      shippingAddress: someAddress,
      shippingMethod: 'post',
      paymentMethod: 'invoice',
    });
    return held;
  }

  look(held: CartAddress): Promise<PricedCart> {
    return this.replica.app.get(CartEditor).get(held);
  }

  give(held: CartAddress, code: string): Promise<PricedCart> {
    return this.replica.app.get(CartCoupons).add(held, undefined, code);
  }

  /** For what the cart comes to now, or came to. */
  async order(held: CartAddress, seen?: PricedCart) {
    const { totals } = seen ?? (await this.look(held));
    const expectedTotal = { amount: totals.totalMinor, currency: totals.currency };
    return this.replica.app.get(Checkout).place(held, { key: newId(), expectedTotal });
  }

  /** Checks out all of them at once; how many orders there are, and what refused the others. */
  async race(carts: readonly CartAddress[]) {
    const seen = await Promise.all(carts.map((held) => this.look(held)));
    const results = await Promise.allSettled(
      carts.map((held, index) => this.order(held, seen[index])),
    );
    const refusals = results.flatMap((result) =>
      result.status === 'rejected' ? [(result.reason as { code: string }).code] : [],
    );
    return { placed: results.length - refusals.length, refusals: new Set(refusals) };
  }
}

/** Why the only promotion of the store does not apply; undefined when it does. */
export function reasonIn({ promotions }: PricedCart): string | undefined {
  const [outcome] = promotions.outcomes;
  return outcome?.isApplied === false ? outcome.reason : undefined;
}
