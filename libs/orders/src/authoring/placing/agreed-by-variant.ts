import { cartsErrors } from '#libs/carts';
import type { AgreedPrice } from './staff-order.js';

interface Priced {
  readonly items: readonly { readonly sku: string }[];
  readonly agreedPrices: readonly AgreedPrice[];
}

/**
 * What one piece costs instead of what is listed, by variant. Items of one SKU become one line with one price, so a SKU that
 * is stated twice has no agreed price: it would hold for pieces that nobody agreed it for.
 *
 * Throws `carts.items-refused` for such a price, and for one of what is not ordered.
 */
export function agreedByVariant(
  { items, agreedPrices }: Priced,
  variants: ReadonlyMap<string, string>,
): ReadonlyMap<string, number> {
  const agreed = new Map<string, number>();
  for (const { sku, unitPriceMinor } of agreedPrices) {
    const variantId = variants.get(sku);
    if (variantId === undefined) throw refused(sku, 'price-of-no-item');
    if (agreed.has(variantId) || items.filter((item) => item.sku === sku).length > 1) {
      throw refused(sku, 'price-of-part');
    }
    agreed.set(variantId, unitPriceMinor);
  }
  return agreed;
}

function refused(sku: string, reason: string): Error {
  return cartsErrors.itemsRefused({ details: { items: [{ sku, reason }] } });
}
