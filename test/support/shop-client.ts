import type { StockAnswer } from '../../apps/authoring/src/catalog/product.schemas.js';
import type {
  AddedItemsAnswer,
  CartAnswer,
  CheckoutAnswer,
  NewCartAnswer,
} from '../../apps/commerce/src/carts/cart.schemas.js';
import type { ProductAnswer } from '../../apps/authoring/src/catalog/product.schemas.js';
import type { ReplicaClient, Reply } from './replica-client.js';
import { ifMatch } from './staff-accounts.js';

/** What can be bought in a test: one variant with a SKU. */
export interface Ware {
  readonly store: string;
  readonly productId: string;
  readonly variantId: string;
  readonly sku: string;
}

export interface HeldCart {
  readonly id: string;
  readonly token: string;
}

const ADDRESS = {
  name: 'Ada Example',
  street: 'High Street 1',
  postalCode: '10115',
  city: 'Berlin',
  country: 'DE',
};

/** Of a store whose prices are with tax, with one rate in Germany. */
export function taxRules(ratePpm: number) {
  const rate = { code: 'vat', name: 'VAT', zone: 'de', category: 'standard' };
  return {
    pricesIncludeTax: true,
    defaultCountry: 'DE',
    categories: ['standard'],
    zones: [{ code: 'de', name: 'Germany', areas: ['DE'] }],
    rates: [{ ...rate, ratePpm, validFrom: null, validUntil: null }],
  };
}

/** A store that ships for 4.90 and charges 19 % in Germany, its prices with tax. */
export async function openShop(staff: ReplicaClient, store: string): Promise<void> {
  await staff.expect(200, 'PUT', `/stores/${store}/tax-rules`, {
    headers: ifMatch(0),
    body: taxRules(190_000),
  });
  await staff.expect(200, 'PUT', `/stores/${store}/sales-settings`, {
    headers: ifMatch(0),
    body: {
      orderNumberPrefix: 'T-',
      allowedCountries: ['DE', 'AT'],
      shippingMethods: [
        {
          code: 'post',
          name: 'Post',
          countries: [],
          pricesMinor: { EUR: 490 },
          freeFromMinor: { EUR: 100_000 },
        },
      ],
    },
  });
}

export async function createWare(
  staff: ReplicaClient,
  store: string,
  sku: string,
  { amount = 1_000, onHand = 10 } = {},
): Promise<Ware> {
  const { body } = await staff.expect<ProductAnswer>(201, 'POST', '/products', {
    body: {
      store,
      slug: sku.toLowerCase(),
      status: 'active',
      texts: { en: { name: `Ware ${sku}` } },
      variants: [{ sku, prices: [{ currency: 'EUR', amount }], stock: { onHand } }],
    },
  });
  return { store, productId: body.id, variantId: body.variants[0]?.id ?? '', sku };
}

export async function stockOf(staff: ReplicaClient, ware: Ware): Promise<number> {
  const { store, productId, variantId } = ware;
  const path = `/products/${productId}/variants/${variantId}/stock?store=${store}`;
  return (await staff.expect<StockAnswer>(200, 'GET', path)).body.onHand;
}

export function withToken({ token }: HeldCart, key?: string): Record<string, string> {
  return {
    'lockstep-cart-token': token,
    ...(key === undefined ? {} : { 'idempotency-key': key }),
  };
}

/** A cart with everything that an order needs. */
export async function fillCart(
  shop: ReplicaClient,
  store: string,
  items: readonly { readonly sku: string; readonly quantity: number }[],
  paymentMethod: CartAnswer['paymentMethod'] = 'invoice',
  email = 'ada@example.com',
): Promise<{ readonly held: HeldCart; readonly cart: CartAnswer }> {
  const { body: created } = await shop.expect<NewCartAnswer>(
    201,
    'POST',
    `/stores/${store}/carts`,
    {
      body: {},
    },
  );
  const held = { id: created.id, token: created.token ?? '' };
  const headers = withToken(held);
  await shop.expect<AddedItemsAnswer>(201, 'POST', `/carts/${held.id}/items`, {
    headers,
    body: { items },
  });
  const { body: cart } = await shop.expect<CartAnswer>(200, 'PATCH', `/carts/${held.id}`, {
    headers,
    body: {
      email,
      shippingAddress: ADDRESS,
      shippingMethod: 'post',
      paymentMethod,
    },
  });
  return { held, cart };
}

export function checkout(
  shop: ReplicaClient,
  held: HeldCart,
  expectedTotal: CartAnswer['total'],
  key: string,
): Promise<Reply<CheckoutAnswer>> {
  return shop.call<CheckoutAnswer>('POST', `/carts/${held.id}/checkout`, {
    headers: withToken(held, key),
    body: { expectedTotal },
  });
}
