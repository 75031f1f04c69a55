import { createHash } from 'node:crypto';
import type { ProductDraft } from '../../model/product-draft.js';
import type { ImportedProduct } from '#libs/product-csv';

/** The product as the catalog takes it: texts in `locale`, recognised again by its handle. */
export function productDraftFromImport(product: ImportedProduct, locale: string): ProductDraft {
  return {
    sourceKey: product.handle,
    preferredSlug: product.handle,
    // The same file in another language is another content.
    sourceHash: createHash('sha256').update(`${locale} ${product.contentHash}`).digest('hex'),
    status: product.status,
    brand: product.brand ?? null,
    categoryPath: product.categoryPath,
    texts: {
      [locale]: {
        name: product.title,
        descriptionHtml: product.descriptionHtml,
        seoTitle: product.seoTitle ?? null,
        seoDescription: product.seoDescription ?? null,
      },
    },
    options: product.optionNames,
    attributes: product.attributes,
    images: product.images.map(({ url, alt }) => ({ url, alt: alt === '' ? null : alt })),
    variants: product.variants.map((variant) => ({
      sku: variant.sku ?? null,
      optionValues: variant.optionValues,
      barcode: variant.barcode ?? null,
      weightGrams: variant.weightGrams,
      imageUrl: variant.imageUrl ?? null,
      prices: [
        {
          currency: variant.currency,
          amountMinor: variant.priceMinor,
          compareAtMinor: variant.compareAtMinor ?? null,
        },
      ],
      stock: {
        onHand: variant.onHand,
        isTracked: variant.isStockTracked,
        allowsBackorder: variant.stockPolicy === 'continue',
      },
    })),
  };
}
