import type { ProductAnswer } from '../../apps/authoring/src/catalog/product.schemas.js';
import type { StoreAnswer } from '../../apps/authoring/src/catalog/store.schemas.js';
import { ifMatch } from './staff-accounts.js';
import type { ReplicaClient, Reply } from './replica-client.js';

/** A product with one variant, and what changing it next has to name. */
export interface PricedProduct {
  readonly store: string;
  readonly id: string;
  readonly slug: string;
  readonly variantId: string;
  readonly version: number;
}

export interface Written {
  readonly product: PricedProduct;
  readonly reply: Reply<ProductAnswer>;
  /** Lockstep-Position of the answer. */
  readonly position: string;
}

/** An empty store that sells in euros and dollars, in English and German. */
export async function createStore(client: ReplicaClient, code: string): Promise<StoreAnswer> {
  const body = {
    ...{ code, name: `Store ${code}`, currencies: ['EUR', 'USD'], locales: ['en', 'de'] },
    ...{ defaultCurrency: 'EUR', defaultLocale: 'en' },
  };
  return (await client.expect<StoreAnswer>(201, 'POST', '/stores', { body })).body;
}

/** An active product that costs `amount` cents. */
export async function createProduct(
  client: ReplicaClient,
  store: string,
  slug: string,
  amount = 1_000,
): Promise<Written> {
  const body = {
    ...{ store, slug, status: 'active', texts: { en: { name: `Product ${slug}` } } },
    variants: [{ prices: [{ currency: 'EUR', amount }], stock: { onHand: 1 } }],
  };
  return writtenOf(await client.expect<ProductAnswer>(201, 'POST', '/products', { body }));
}

/** Changes the price. Rejects with the answer when that is not a success. */
export async function setPrice(
  client: ReplicaClient,
  product: PricedProduct,
  amount: number,
): Promise<Written> {
  const { store, id, variantId, version } = product;
  return writtenOf(
    await client.expect<ProductAnswer>(
      200,
      'PUT',
      `/products/${id}/variants/${variantId}/prices/EUR?store=${store}`,
      { body: { amount }, headers: ifMatch(version) },
    ),
  );
}

/** What the storefront of a replica says the product costs, in cents. */
export function amountOf(body: unknown): number | undefined {
  const { variants } = body as { variants?: { price?: { amount: number } }[] };
  return variants?.[0]?.price?.amount;
}

export function storefrontPath({ store, slug }: Pick<PricedProduct, 'store' | 'slug'>): string {
  return `/stores/${store}/products/${slug}`;
}

function writtenOf(reply: Reply<ProductAnswer>): Written {
  const { store, id, slug, version, variants } = reply.body;
  const variantId = variants[0]?.id ?? '';
  const position = reply.headers.get('lockstep-position') ?? '';
  return { product: { store, id, slug, variantId, version }, reply, position };
}
