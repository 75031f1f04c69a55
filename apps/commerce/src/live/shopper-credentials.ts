import type { HeldCart } from '#libs/carts';
import type { PresentedShopperToken, Shopper } from '#libs/customers';
import type { PushCredential } from '#libs/push';

type Addressee = Awaited<ReturnType<PushCredential['confirm']>>;

/** What a connection of a shopper may hear, besides being asked whether it still counts. */
export interface ShopperCredential extends PushCredential {
  /** The one store whose products it watches. Undefined before it was confirmed. */
  readonly storeCode: string | undefined;
  /** Hash of the token that came with it; opens the carts and orders of guests. */
  readonly tokenHash: string | null;
  readonly customerId: string | null;
}

/** A customer who is signed in. */
export class CustomerCredential implements ShopperCredential {
  readonly tokenHash = null;
  private shopper: Shopper | undefined;

  constructor(
    private readonly presented: PresentedShopperToken,
    private readonly confirmSession: (presented: PresentedShopperToken) => Promise<Shopper>,
  ) {}

  get storeCode(): string | undefined {
    return this.shopper?.storeCode;
  }

  get customerId(): string | null {
    return this.shopper?.customerId ?? null;
  }

  async confirm(): Promise<Addressee> {
    this.shopper = await this.confirmSession(this.presented);
    return { userId: this.shopper.customerId, permissions: [] };
  }
}

/** A guest, by the cart they hold. */
export class GuestCredential implements ShopperCredential {
  readonly customerId = null;
  private confirmedStore: string | undefined;

  constructor(
    private readonly cart: HeldCart,
    private readonly confirmCart: (cart: HeldCart) => Promise<string>,
  ) {}

  get storeCode(): string | undefined {
    return this.confirmedStore;
  }

  get tokenHash(): string | null {
    return this.cart.tokenHash;
  }

  async confirm(): Promise<Addressee> {
    this.confirmedStore = await this.confirmCart(this.cart);
    return { userId: `cart:${this.cart.id}`, permissions: [] };
  }
}
