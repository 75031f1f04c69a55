import { Injectable } from '@nestjs/common';
import { CartVersions, type HeldCart } from '#libs/carts';
import { SellableReader } from '#libs/catalog';
import { AvailabilityReader, type Availability } from '#libs/inventory';
import { UserError } from '#libs/kernel';
import { OrderProgressReader, type HeldOrder } from '#libs/orders';
import type { LiveSource } from '#libs/push';
import { StoreReader } from '#libs/stores';

export interface SoldProduct {
  readonly productId: string;
  readonly storeCode: string;
}

type State = Record<string, string | number | Readonly<Record<string, string>>> | undefined;

/** What shoppers can watch. A state says how far a thing is, and nothing about a person. */
@Injectable()
export class LiveSources {
  readonly cart: LiveSource<HeldCart> = {
    kind: 'cart',
    isSwept: true,
    look: async (carts) =>
      (await this.carts.list(carts)).map((cart) => cart && { version: cart.version }),
  };

  readonly order: LiveSource<HeldOrder> = {
    kind: 'order',
    isSwept: true,
    look: async (orders) => (await this.orders.list(orders)).map((order) => order && { ...order }),
  };

  readonly product: LiveSource<SoldProduct> = {
    kind: 'product',
    isSwept: false,
    look: (products) => this.lookAtProducts(products),
  };

  constructor(
    private readonly carts: CartVersions,
    private readonly orders: OrderProgressReader,
    private readonly stores: StoreReader,
    private readonly sellables: SellableReader,
    private readonly availability: AvailabilityReader,
  ) {}

  private async lookAtProducts(products: readonly SoldProduct[]): Promise<readonly State[]> {
    const byStore = new Map<string, Map<string, State>>();
    for (const storeCode of new Set(products.map((product) => product.storeCode))) {
      const ofStore = products.filter((product) => product.storeCode === storeCode);
      const ids = [...new Set(ofStore.map(({ productId }) => productId))];
      byStore.set(storeCode, await this.lookInStore(storeCode, ids).catch(nothingOf));
    }
    return products.map(({ storeCode, productId }) => byStore.get(storeCode)?.get(productId));
  }

  private async lookInStore(
    storeCode: string,
    productIds: readonly string[],
  ): Promise<Map<string, State>> {
    const { locale } = await this.stores.sight(storeCode);
    const sold = await this.sellables.list({ storeCode, locale }, productIds);
    const ids = [...new Set([...sold.values()].map(({ productId }) => productId))];
    const shown = await this.availability.list(ids);
    const shownOf = new Map(ids.map((id, index) => [id, shown[index]]));
    const bands = new Map<string, Record<string, Availability>>(ids.map((id) => [id, {}]));
    for (const { productId, variantId } of sold.values()) {
      const ofProduct = bands.get(productId);
      if (ofProduct === undefined) continue;
      ofProduct[variantId] = shownOf.get(productId)?.[variantId] ?? 'out-of-stock';
    }
    return new Map([...bands].map(([id, availability]) => [id, { availability }]));
  }
}

/** Of a store that is gone; what one store does must not keep the others from being looked at. */
function nothingOf(error: unknown): Map<string, State> {
  if (error instanceof UserError) return new Map();
  throw error;
}
