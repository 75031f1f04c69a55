import { createHash } from 'node:crypto';
import type { NewProduct } from '../src/authoring/products/product-input.js';
import type { ProductDraft, VariantDraft } from '../src/model/product-draft.js';

export function variantDraft(changes: Partial<VariantDraft> = {}): VariantDraft {
  return {
    sku: null,
    optionValues: [],
    barcode: null,
    weightGrams: null,
    imageUrl: null,
    prices: [
      { currency: 'EUR', amountMinor: 1_000, compareAtMinor: null },
      { currency: 'USD', amountMinor: 1_100, compareAtMinor: null },
    ],
    stock: { onHand: 5, isTracked: true, allowsBackorder: false },
    ...changes,
  };
}

/** What staff make an active product with one variant of. */
export function newProduct(name: string, changes: Partial<NewProduct> = {}): NewProduct {
  return {
    status: 'active',
    brand: 'Acme',
    categoryId: null,
    texts: { en: { name, descriptionHtml: '', seoTitle: null, seoDescription: null } },
    options: [],
    attributes: [],
    images: [],
    variants: [variantDraft()],
    ...changes,
  };
}

/** An active product with one variant; the hash follows from the content. */
export function productDraft(
  sourceKey: string,
  changes: Partial<ProductDraft> & { readonly name?: string } = {},
): ProductDraft {
  const { name = `Product ${sourceKey}`, ...rest } = changes;
  const content = {
    sourceKey,
    status: 'active' as const,
    brand: 'Acme',
    texts: { en: { name, descriptionHtml: '', seoTitle: null, seoDescription: null } },
    options: [],
    attributes: [],
    images: [],
    variants: [variantDraft()],
    ...rest,
  };
  return { sourceHash: hashOf(content), ...content };
}

function hashOf(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
