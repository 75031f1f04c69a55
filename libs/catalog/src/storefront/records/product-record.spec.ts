import { expect, it } from '@jest/globals';
import type { ProductTextSource } from '../product.view.js';
import { decodeHead, decodeProduct, encodeProduct } from './product-record.js';

function product(descriptionHtml: string): ProductTextSource {
  const text = { name: 'Lampe für Ærø 💡', descriptionHtml, seoTitle: null, seoDescription: null };
  return {
    id: '01a22d00-0000-7000-8000-000000000001',
    storeId: '01a22d00-0000-7000-8000-000000000002',
    slug: 'lamp',
    brand: null,
    categoryId: null,
    texts: { en: text, de: { ...text, seoTitle: 'Licht' } },
    options: ['Size'],
    attributes: [{ code: 'material', value: 'oak' }],
    images: [{ url: '/media/lamp.jpg', alt: null }],
    variants: [],
    updatedAt: 1_764_500_000_000,
  };
}

/** Of texts that hardly repeat, and so do not shrink. */
function letters(count: number): string {
  let state = 1;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return String.fromCodePoint(0x30 + (state % 0x2000));
  }).join('');
}

it.each([
  ['empty', ''],
  ['of some words', '<p>It gives light.</p>'],
  ['larger than what zlib looks back at, and than what it hands out at once', letters(100_000)],
  ['that repeats far behind', `${letters(20_000)}${letters(20_000)}`],
])('reads a product as it was, with a description %s', (_, descriptionHtml) => {
  const written = product(descriptionHtml);
  const bytes = encodeProduct(written);
  expect(decodeProduct(bytes)).toEqual(written);
  expect(decodeHead(bytes).names).toEqual({ en: 'Lampe für Ærø 💡', de: 'Lampe für Ærø 💡' });
});
