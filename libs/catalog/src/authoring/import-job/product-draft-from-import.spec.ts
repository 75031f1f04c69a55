import { describe, expect, it } from '@jest/globals';
import { withContentHash } from '#libs/product-csv';
import { productDraftFromImport } from './product-draft-from-import.js';

const product = withContentHash({
  handle: 'brake-disc',
  title: 'Brake Disc',
  descriptionHtml: '<p>Vented</p>',
  brand: undefined,
  categoryPath: ['Brakes'],
  status: 'active',
  seoTitle: undefined,
  seoDescription: 'For your car',
  attributes: [{ code: 'tag', value: 'new' }],
  optionNames: ['Size'],
  variants: [
    {
      optionValues: ['280'],
      sku: undefined,
      barcode: undefined,
      imageUrl: undefined,
      weightGrams: 6000,
      currency: 'EUR',
      priceMinor: 4990,
      compareAtMinor: undefined,
      onHand: 3,
      isStockTracked: true,
      stockPolicy: 'continue',
    },
  ],
  images: [{ url: '/a.png', alt: '' }],
});

describe('productDraftFromImport', () => {
  it('describes the product in the language of the file', () => {
    expect(productDraftFromImport(product, 'de')).toEqual({
      sourceKey: 'brake-disc',
      preferredSlug: 'brake-disc',
      sourceHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      status: 'active',
      brand: null,
      categoryPath: ['Brakes'],
      texts: {
        de: {
          name: 'Brake Disc',
          descriptionHtml: '<p>Vented</p>',
          seoTitle: null,
          seoDescription: 'For your car',
        },
      },
      options: ['Size'],
      attributes: [{ code: 'tag', value: 'new' }],
      images: [{ url: '/a.png', alt: null }],
      variants: [
        {
          sku: null,
          optionValues: ['280'],
          barcode: null,
          imageUrl: null,
          weightGrams: 6000,
          prices: [{ currency: 'EUR', amountMinor: 4990, compareAtMinor: null }],
          stock: { onHand: 3, isTracked: true, allowsBackorder: true },
        },
      ],
    });
  });

  it('has another hash in another language and with other content', () => {
    const hash = productDraftFromImport(product, 'de').sourceHash;
    expect(productDraftFromImport(product, 'de').sourceHash).toBe(hash);
    expect(productDraftFromImport(product, 'en').sourceHash).not.toBe(hash);
    const dearer = withContentHash({ ...product, brand: 'Stoppwerk' });
    expect(productDraftFromImport(dearer, 'de').sourceHash).not.toBe(hash);
  });
});
