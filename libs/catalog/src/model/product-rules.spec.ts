import { describe, expect, it } from '@jest/globals';
import { isImageUrl, newId, productLimits } from '#libs/kernel';
import { variantDraft } from '../../test/catalog-drafts.js';
import { testStore } from '../../../stores/test/test-store.js';
import { listingOf } from '../authoring/listing/product-listing.js';
import { productBreaches } from './product-rules.js';
import type { StatedContent, StatedVariant } from './product-sheet.js';
import { queryWords, searchTerms } from '../authoring/listing/search-terms.js';

const text = (name: string) => ({
  name,
  descriptionHtml: '',
  seoTitle: null,
  seoDescription: null,
});

function content(changes: Partial<StatedContent> = {}): StatedContent {
  return {
    slug: 'pad',
    status: 'active',
    brand: 'Acme',
    categoryId: null,
    texts: { en: text('Pad') },
    options: [],
    attributes: [],
    images: [],
    variants: [{ id: newId(), ...variantDraft() }],
    ...changes,
  };
}

describe('the rules of a product', () => {
  const paths = (changes: Partial<StatedContent>): string[] =>
    productBreaches(testStore(), content(changes)).map(({ path }) => path);

  it('finds nothing wrong with a product that keeps them', () => {
    expect(paths({})).toEqual([]);
    expect(paths({ texts: { en: text('Pad'), de: text('Belag') } })).toEqual([]);
  });

  const UNSAFE = 'a\u202eb';
  const unsafeVariant = (changes: Partial<StatedVariant>) => ({
    variants: [{ id: newId(), ...variantDraft(), ...changes }],
  });
  it.each<[string, Partial<StatedContent>]>([
    ['brand', { brand: UNSAFE }],
    ['texts.en.name', { texts: { en: text(UNSAFE) } }],
    ['texts.en.seoTitle', { texts: { en: { ...text('Pad'), seoTitle: UNSAFE } } }],
    ['texts.en.seoDescription', { texts: { en: { ...text('Pad'), seoDescription: UNSAFE } } }],
    ['options', { options: [UNSAFE], ...unsafeVariant({ optionValues: ['S'] }) }],
    ['attributes.0.value', { attributes: [{ code: 'tag', value: UNSAFE }] }],
    ['images.0.alt', { images: [{ url: '/a.png', alt: UNSAFE }] }],
    ['variants.0.sku', unsafeVariant({ sku: 'a\ud800' })],
    ['variants.0.barcode', unsafeVariant({ barcode: 'a\u0000' })],
    [
      'variants.0.optionValues',
      { options: ['Size'], ...unsafeVariant({ optionValues: [UNSAFE] }) },
    ],
  ])('wants nothing in %s that cannot be seen or stored', (path, changes) => {
    const breaches = productBreaches(testStore(), content(changes));
    expect(breaches).toEqual([{ path, message: expect.stringMatching(/^holds (a control|half)/) }]);
  });

  it('wants the default language and only languages of the store', () => {
    expect(paths({ texts: { de: text('Belag') } })).toEqual(['texts']);
    expect(paths({ texts: { en: text('Pad'), fr: text('Plaquette') } })).toEqual(['texts.fr']);
  });

  it('wants one option value for each option, each combination and SKU once', () => {
    const variant = (sku: string | null, ...optionValues: string[]) => ({
      id: newId(),
      ...variantDraft({ sku, optionValues }),
    });
    const options = ['Size'];
    expect(paths({ options, variants: [variant('a', 'S'), variant('b', 'M')] })).toEqual([]);
    expect(paths({ options, variants: [variant(null)] })).toEqual(['variants.0.optionValues']);
    expect(paths({ options, variants: [variant('a', 'S'), variant('a', 'S')] })).toEqual([
      'variants.1.sku',
      'variants.1.optionValues',
    ]);
    expect(paths({ variants: [] })).toEqual(['variants']);
  });

  it('wants each option once, pictures from the web or this site, and weights that are none below 0', () => {
    const variant = (changes: Partial<StatedVariant>) => [
      { id: newId(), ...variantDraft(), ...changes },
    ];
    const optionValues = ['S', 'M'];
    expect(paths({ options: ['Size', 'Size'], variants: variant({ optionValues }) })).toEqual([
      'options',
    ]);
    expect(paths({ images: [{ url: 'javascript:alert(1)', alt: null }] })).toEqual([
      'images.0.url',
    ]);
    expect(paths({ variants: variant({ imageUrl: '/of-another.png' }) })).toEqual([
      'variants.0.imageUrl',
    ]);
    expect(paths({ variants: variant({ weightGrams: 0 }) })).toEqual([]);
    expect(paths({ variants: variant({ weightGrams: -1 }) })).toEqual(['variants.0.weightGrams']);
  });

  it('wants prices in currencies of the store, whole, not negative, one each', () => {
    const priced = (currency: string, amountMinor: number) => ({
      currency,
      amountMinor,
      compareAtMinor: null,
    });
    const prices = (...given: ReturnType<typeof priced>[]) =>
      paths({ variants: [{ id: newId(), ...variantDraft({ prices: given }) }] });
    expect(prices(priced('EUR', 0))).toEqual([]);
    expect(prices(priced('GBP', 1))).toEqual(['variants.0.prices.GBP']);
    expect(prices(priced('EUR', -1))).toEqual(['variants.0.prices.EUR']);
    expect(prices(priced('EUR', 0.5))).toEqual(['variants.0.prices.EUR']);
    expect(prices(priced('EUR', 1), priced('EUR', 2))).toEqual(['variants.0.prices']);
  });

  it('takes pictures from the web or this site, and from nowhere else', () => {
    for (const url of ['https://x.example/a.png', 'http://x.example/a', '/media/a.svg']) {
      expect(isImageUrl(url)).toBe(true);
    }
    for (const url of [
      'javascript:alert(1)',
      'data:image/png;base64,',
      '//evil.example/a',
      'a.png',
      '',
      'https://user:secret@x.example/',
      '/a\\b',
      '/a b',
      'ftp://x.example/',
      'https:x.example/a.png',
      'https:/x.example/a.png',
      'http:///x.example/a.png',
    ]) {
      expect(isImageUrl(url)).toBe(false);
    }
    const longest = 'https://x.example/'.padEnd(productLimits.urlLength, 'a');
    expect([isImageUrl(longest), isImageUrl(`${longest}a`)]).toEqual([true, false]);
  });
});

describe('what lists are read from', () => {
  it('has a price range per currency', () => {
    const variant = (amountMinor: number) => ({
      id: newId(),
      ...variantDraft({ prices: [{ currency: 'EUR', amountMinor, compareAtMinor: null }] }),
    });
    const listing = listingOf(
      content({ texts: { en: text('Größe') }, variants: [variant(300), variant(100)] }),
    );
    expect(listing.prices).toEqual([{ currency: 'EUR', minMinor: 100, maxMinor: 300 }]);
  });

  it('is empty for a product that is not active, except for what staff find it by', () => {
    const listing = listingOf(content({ status: 'draft' }));
    expect(listing.prices).toEqual([]);
    expect(listing.terms).toContain('pad');
  });

  it('finds a product by words of all languages, brand, SKU in parts and whole', () => {
    const variants = [{ id: newId(), ...variantDraft({ sku: 'BRK-100/A', barcode: '4006' }) }];
    const terms = searchTerms(content({ texts: { en: text('Pad'), de: text('Belag') }, variants }));
    expect(terms).toEqual(['100', '4006', 'a', 'acme', 'belag', 'brk', 'brk100a', 'pad']);
  });

  it('takes a query apart the same way, each word once, bounded', () => {
    expect(queryWords('  Größe BRK-100 größe ')).toEqual(['grosse', 'brk', '100']);
    expect(queryWords('?!')).toEqual([]);
    expect(
      queryWords(Array.from({ length: 50 }, (_, index) => `w${index}`).join(' ')),
    ).toHaveLength(8);
  });
});
