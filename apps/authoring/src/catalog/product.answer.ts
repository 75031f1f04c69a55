import type { Product, VariantInput } from '#authoring/catalog';
import { recordOf } from './catalog.schemas.js';
import type { ProductAnswer, VariantBody } from './product.schemas.js';

/** A product as the back office is answered. */
export function productAnswerOf(store: string, product: Product): ProductAnswer {
  const { id, slug, status, brand, categoryId, sourceKey } = product;
  return {
    ...{ id, store, slug, status, brand, categoryId },
    texts: { ...product.texts },
    options: [...product.options],
    attributes: [...product.attributes],
    images: [...product.images],
    variants: product.variants.map(({ prices, optionValues, ...variant }) => ({
      ...variant,
      optionValues: [...optionValues],
      prices: prices.map(({ currency, amountMinor, compareAtMinor }) => ({
        ...{ currency, amount: amountMinor, compareAtAmount: compareAtMinor },
      })),
    })),
    sourceKey,
    ...recordOf(product),
  };
}

/** A variant as the editor takes it. */
export function variantInputOf({ prices, ...variant }: VariantBody): VariantInput {
  return {
    ...variant,
    prices: prices.map(({ currency, amount, compareAtAmount }) => ({
      ...{ currency, amountMinor: amount, compareAtMinor: compareAtAmount },
    })),
  };
}
