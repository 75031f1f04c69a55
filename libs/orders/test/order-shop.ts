import { CartEditor, type CartAddress } from '#libs/carts';
import { newId } from '#libs/kernel';
import type { PaymentMethod } from '#libs/payments';
import { StoreReader, type Store } from '#libs/stores';
import { StoreSettingsEditor } from '#authoring/stores';
import type { OpenDatabaseFixture } from '#libs/testing';
import type { Type } from '@nestjs/common';
import { productDraft, variantDraft } from '../../catalog/test/catalog-drafts.js';
import { CatalogReplica } from '../../catalog/test/catalog-replica.js';
import { OrdersAuthoringModule } from '../src/authoring/orders-authoring.module.js';
import { Checkout } from '../src/storefront/checkout.js';
import type { PlacedOrder } from '../src/storefront/order-placing.js';
import { OrdersModule } from '../src/storefront/orders.module.js';
import { someAddress } from '../../stores/test/some-address.js';

export interface WantedWare {
  readonly sku: string;
  readonly priceMinor: number;
  readonly quantity: number;
}

const SHIPPING_MINOR = 490;
/** From so much on shipping is free. */
export const FREE_FROM_MINOR = 1_000_000;

/** A store with its goods, in which orders are placed; both roles in one process. */
export class OrderShop {
  private constructor(
    readonly replica: CatalogReplica,
    readonly store: Store,
  ) {}

  static async start(
    open: OpenDatabaseFixture,
    modules: readonly Type[] = [],
    env: Readonly<Record<string, string>> = {},
  ): Promise<OrderShop> {
    const replica = await CatalogReplica.start(
      open,
      [OrdersModule, OrdersAuthoringModule, ...modules],
      env,
    );
    const store = await replica.addStore();
    await replica.app.get(StoreSettingsEditor).replace(store.code, 'sales', 0, {
      orderNumberPrefix: '',
      allowedCountries: [],
      shippingMethods: [
        {
          code: 'post',
          name: 'Post',
          countries: [],
          pricesMinor: { EUR: SHIPPING_MINOR },
          freeFromMinor: { EUR: FREE_FROM_MINOR },
        },
      ],
    });
    return new OrderShop(replica, store);
  }

  get app() {
    return this.replica.app;
  }

  /** A cart with everything an order needs, and what it comes to. */
  async basket(
    wanted: readonly WantedWare[],
    paymentMethod: PaymentMethod,
  ): Promise<{ readonly held: CartAddress; readonly totalMinor: number }> {
    await this.replica.saveMany(
      this.store,
      wanted.map(({ sku, priceMinor: amountMinor }) =>
        productDraft(sku.toLowerCase(), {
          variants: [
            variantDraft({
              sku,
              prices: [{ currency: 'EUR', amountMinor, compareAtMinor: null }],
              stock: { onHand: 1_000, isTracked: true, allowsBackorder: false },
            }),
          ],
        }),
      ),
    );
    const carts = this.app.get(CartEditor);
    const sight = await this.app.get(StoreReader).sight(this.store.code, 'en', 'EUR');
    const { token, cart } = await carts.create(sight);
    const held = { id: cart.cart.id, token };
    await carts.addItems(
      held,
      undefined,
      wanted.map(({ sku, quantity }) => ({ sku, quantity })),
    );
    const { totals } = await carts.setDetails(held, undefined, {
      email: 'ada@example.com',
      shippingAddress: someAddress,
      shippingMethod: 'post',
      paymentMethod,
    });
    return { held, totalMinor: totals.totalMinor };
  }

  order(held: CartAddress, amount: number, key: string = newId()): Promise<PlacedOrder> {
    const expectedTotal = { amount, currency: 'EUR' };
    return this.app.get(Checkout).place(held, { key, expectedTotal });
  }

  async place(
    wanted: readonly WantedWare[],
    paymentMethod: PaymentMethod,
  ): Promise<PlacedOrder & { readonly token: string }> {
    const { held, totalMinor } = await this.basket(wanted, paymentMethod);
    return { ...(await this.order(held, totalMinor)), token: held.token };
  }
}
