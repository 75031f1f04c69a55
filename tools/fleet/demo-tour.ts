import { z } from 'zod';
import type { StaffLogin } from './staff-login.js';

/** A product of the running shop that the things to try are about. */
export interface DemoTour {
  readonly storeCode: string;
  readonly productId: string;
  readonly slug: string;
  readonly variantId: string;
  readonly sku: string;
  readonly currency: string;
  /** What it costs now, in the smallest unit of the currency. */
  readonly amount: number;
}

const ANSWERS_WITHIN_MS = 10_000;

const session = z.object({ token: z.string() });
const stores = z.object({ items: z.array(z.object({ code: z.string() })) });
const products = z.object({ items: z.array(z.object({ slug: z.string() })) });
const product = z.object({
  id: z.string(),
  slug: z.string(),
  variants: z.array(
    z.object({
      id: z.string(),
      sku: z.string().nullable(),
      availability: z.string(),
      price: z.object({ amount: z.number(), currency: z.string() }).nullable(),
    }),
  ),
});

/** Signs in as a person would, to know that the printed login works; undefined when it is refused. Ends the session again. */
export async function findStoreAsStaff(
  authoringUrl: string,
  login: StaffLogin,
): Promise<{ readonly storeCode: string | undefined } | undefined> {
  const sessions = `${authoringUrl}/api/v1/sessions`;
  const signedIn = await fetch(sessions, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(login),
    signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
  });
  if (!signedIn.ok) return undefined;
  const { token } = session.parse(await signedIn.json());
  const headers = { authorization: `Bearer ${token}` };
  try {
    const { items } = await answerOf(`${authoringUrl}/api/v1/stores`, stores, headers);
    // The demo shop unless somebody took it away.
    const store = items.find(({ code }) => code === 'main') ?? items[0];
    return { storeCode: store?.code };
  } finally {
    await fetch(sessions, { method: 'DELETE', headers });
  }
}

/** A product that can be bought, as a shopper finds it; undefined when the store sells nothing. */
export async function findProduct(
  commerceUrl: string,
  storeCode: string,
): Promise<DemoTour | undefined> {
  const base = `${commerceUrl}/api/v1/stores/${storeCode}/products`;
  const { items } = await answerOf(`${base}?limit=10`, products);
  for (const { slug } of items) {
    const { id, variants } = await answerOf(`${base}/${slug}`, product);
    for (const { id: variantId, sku, availability, price } of variants) {
      if (price === null || sku === null || availability === 'out-of-stock') continue;
      return { storeCode, productId: id, slug, variantId, sku, ...price };
    }
  }
  return undefined;
}

async function answerOf<T>(
  url: string,
  schema: z.ZodType<T>,
  headers: Record<string, string> = {},
): Promise<T> {
  const answer = await fetch(url, { headers, signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return schema.parse(await answer.json());
}
