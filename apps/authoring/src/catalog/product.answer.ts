import type { ProductSheet, VariantInput } from '#authoring/catalog';
import type { StoredStock } from '#libs/inventory';
import type { StoredPrice } from '#libs/pricing';
import { recordOf } from './catalog.schemas.js';
import type { PriceAnswer, ProductAnswer, StockAnswer, VariantBody } from './product.schemas.js';

/** A product as the back office is answered. */
export function productAnswerOf(store: string, product: ProductSheet): ProductAnswer {
  const { id, slug, status, brand, categoryId, sourceKey } = product;
  return {
    id,
    store,
    slug,
    status,
    brand,
    categoryId,
    texts: { ...product.texts },
    options: [...product.options],
    attributes: [...product.attributes],
    images: [...product.images],
    variants: product.variants.map(({ prices, stock, optionValues, ...variant }) => ({
      ...variant,
      optionValues: [...optionValues],
      prices: prices.map(priceAnswerOf),
      stock: stockAnswerOf(stock),
    })),
    sourceKey,
    ...recordOf(product),
  };
}

export function priceAnswerOf(price: StoredPrice): PriceAnswer {
  const { currency, amountMinor, compareAtMinor, version } = price;
  return { currency, amount: amountMinor, compareAtAmount: compareAtMinor, version };
}

export function stockAnswerOf(stock: StoredStock): StockAnswer {
  const { onHand, reserved, isTracked, allowsBackorder, version } = stock;
  return { onHand, reserved, isTracked, allowsBackorder, version };
}

/** A variant as the editor takes it. */
export function variantInputOf({ prices, ...variant }: VariantBody): VariantInput {
  return {
    ...variant,
    prices: prices.map(({ currency, amount, compareAtAmount, version }) => ({
      currency,
      amountMinor: amount,
      compareAtMinor: compareAtAmount,
      version,
    })),
  };
}
