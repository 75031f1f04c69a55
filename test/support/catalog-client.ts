import type {
  PriceAnswer,
  ProductAnswer,
} from '../../apps/authoring/src/catalog/product.schemas.js';
import type { StoreAnswer } from '../../apps/authoring/src/catalog/store.schemas.js';
import { ifMatch } from './staff-accounts.js';
import type { ReplicaClient, Reply } from './replica-client.js';

/** A product with one variant, and what changing it or its price next has to name. */
export interface PricedProduct {
  readonly store: string;
  readonly id: string;
  readonly slug: string;
  readonly variantId: string;
  readonly version: number;
  /** Of the price in euros. */
  readonly priceVersion: number;
}

export interface Written<Answer = PriceAnswer> {
  readonly product: PricedProduct;
  readonly reply: Reply<Answer>;
  /** Lockstep-Position of the answer. */
  readonly position: string;
}

/** An empty store that sells in euros and dollars, in English and German. */
export async function createStore(client: ReplicaClient, code: string): Promise<StoreAnswer> {
  const body = {
    code,
    name: `Store ${code}`,
    currencies: ['EUR', 'USD'],
    locales: ['en', 'de'],
    defaultCurrency: 'EUR',
    defaultLocale: 'en',
  };
  return (await client.expect<StoreAnswer>(201, 'POST', '/stores', { body })).body;
}

/** An active product that costs `amount` cents. */
export async function createProduct(
  client: ReplicaClient,
  store: string,
  slug: string,
  amount = 1_000,
): Promise<Written<ProductAnswer>> {
  const body = {
    store,
    slug,
    status: 'active',
    texts: { en: { name: `Product ${slug}` } },
    variants: [{ prices: [{ currency: 'EUR', amount }], stock: { onHand: 1 } }],
  };
  const reply = await client.expect<ProductAnswer>(201, 'POST', '/products', { body });
  const { id, version, variants } = reply.body;
  const variantId = variants[0]?.id ?? '';
  const priceVersion = variants[0]?.prices[0]?.version ?? 0;
  const product = { store, id, slug, variantId, version, priceVersion };
  return { product, reply, position: positionOf(reply) };
}

/** Changes the price. Rejects with the answer when that is not a success. */
export async function setPrice(
  client: ReplicaClient,
  product: PricedProduct,
  amount: number,
): Promise<Written> {
  const { store, id, variantId, priceVersion } = product;
  const reply = await client.expect<PriceAnswer>(
    200,
    'PUT',
    `/products/${id}/variants/${variantId}/prices/EUR?store=${store}`,
    { body: { amount }, headers: ifMatch(priceVersion) },
  );
  const priced = { ...product, priceVersion: reply.body.version };
  return { product: priced, reply, position: positionOf(reply) };
}

/** What the storefront of a replica says the product costs, in cents. */
export function amountOf(body: unknown): number | undefined {
  const { variants } = body as { variants?: { price?: { amount: number } }[] };
  return variants?.[0]?.price?.amount;
}

export function storefrontPath({ store, slug }: Pick<PricedProduct, 'store' | 'slug'>): string {
  return `/stores/${store}/products/${slug}`;
}

function positionOf({ headers }: Reply<unknown>): string {
  return headers.get('lockstep-position') ?? '';
}
