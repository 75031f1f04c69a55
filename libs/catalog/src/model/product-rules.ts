import { stockBreaches } from '#libs/inventory';
import { priceBreaches } from '#libs/pricing';
import type { Store } from '#libs/stores';
import { isImageUrl, productLimits, unsafeTextBreaches, type RuleBreach } from '#libs/kernel';
import { isSlug } from './slug.js';
import type { StatedContent, StatedVariant } from './product-sheet.js';
import type { ProductContent } from './product.js';
import { plainTextsOf } from './product-texts.js';

const ATTRIBUTE_CODE = /^[a-z0-9][a-z0-9_-]*$/;
/** What is wrong with a product of the store, by its content alone; empty when nothing is. */
export function productBreaches(store: Store, product: StatedContent): RuleBreach[] {
  return [
    ...headBreaches(product),
    ...textBreaches(store, product),
    ...attributeBreaches(product),
    ...imageBreaches(product),
    ...variantBreaches(store, product),
    ...variantImageBreaches(product),
    ...unsafeTextBreaches(plainTextsOf(product)),
  ];
}

function headBreaches({ slug, brand, options }: ProductContent): RuleBreach[] {
  const breaches: RuleBreach[] = [];
  if (!isSlug(slug)) {
    breaches.push({ path: 'slug', message: 'lower-case letters, digits, dashes' });
  }
  if (brand !== null && (brand.trim() === '' || brand.length > productLimits.brandLength)) {
    breaches.push({ path: 'brand', message: `1 to ${productLimits.brandLength} characters` });
  }
  if (options.length > productLimits.options) {
    breaches.push({ path: 'options', message: `at most ${productLimits.options}` });
  }
  if (options.some((name) => name.trim() === '' || name.length > productLimits.optionLength)) {
    breaches.push({ path: 'options', message: `1 to ${productLimits.optionLength} characters` });
  }
  if (new Set(options).size < options.length) {
    breaches.push({ path: 'options', message: 'each name once' });
  }
  return breaches;
}

function textBreaches(store: Store, { texts }: ProductContent): RuleBreach[] {
  const breaches: RuleBreach[] = [];
  if (texts[store.defaultLocale] === undefined) {
    breaches.push({
      path: 'texts',
      message: `the store's language ${store.defaultLocale} is missing`,
    });
  }
  for (const [locale, text] of Object.entries(texts)) {
    const path = `texts.${locale}`;
    if (!store.locales.includes(locale)) {
      breaches.push({ path, message: 'not a language of the store' });
    }
    if (text.name.trim() === '' || text.name.length > productLimits.nameLength) {
      breaches.push({
        path: `${path}.name`,
        message: `1 to ${productLimits.nameLength} characters`,
      });
    }
    for (const [name, value, max] of [
      ['descriptionHtml', text.descriptionHtml, productLimits.descriptionLength],
      ['seoTitle', text.seoTitle, productLimits.seoTitleLength],
      ['seoDescription', text.seoDescription, productLimits.seoDescriptionLength],
    ] as const) {
      if (value !== null && value.length > max) {
        breaches.push({ path: `${path}.${name}`, message: `at most ${max} characters` });
      }
    }
  }
  return breaches;
}

function attributeBreaches({ attributes }: ProductContent): RuleBreach[] {
  const breaches: RuleBreach[] = [];
  if (attributes.length > productLimits.attributes) {
    breaches.push({ path: 'attributes', message: `at most ${productLimits.attributes}` });
  }
  const seen = new Set<string>();
  attributes.forEach(({ code, value }, index) => {
    const path = `attributes.${index}`;
    if (!ATTRIBUTE_CODE.test(code) || code.length > productLimits.attributeCodeLength) {
      breaches.push({ path: `${path}.code`, message: 'lower-case letters, digits, _ and -' });
    }
    if (value.trim() === '' || value.length > productLimits.attributeValueLength) {
      breaches.push({
        path: `${path}.value`,
        message: `1 to ${productLimits.attributeValueLength} characters`,
      });
    }
    const key = `${code}\n${value}`;
    if (seen.has(key)) breaches.push({ path, message: 'each value once' });
    seen.add(key);
  });
  return breaches;
}

function imageBreaches({ images }: ProductContent): RuleBreach[] {
  const breaches: RuleBreach[] = [];
  if (images.length > productLimits.images) {
    breaches.push({ path: 'images', message: `at most ${productLimits.images}` });
  }
  images.forEach(({ url, alt }, index) => {
    if (!isImageUrl(url)) {
      breaches.push({ path: `images.${index}.url`, message: 'http(s), or a path of this site' });
    }
    if (alt !== null && alt.length > productLimits.altLength) {
      breaches.push({
        path: `images.${index}.alt`,
        message: `at most ${productLimits.altLength} characters`,
      });
    }
  });
  return breaches;
}

function variantImageBreaches({ images, variants }: ProductContent): RuleBreach[] {
  const urls = new Set(images.map(({ url }) => url));
  return variants.flatMap(({ imageUrl }, index) =>
    imageUrl === null || urls.has(imageUrl)
      ? []
      : [{ path: `variants.${index}.imageUrl`, message: 'not one of the images of the product' }],
  );
}

function variantBreaches(store: Store, { variants, options }: StatedContent): RuleBreach[] {
  const breaches: RuleBreach[] = [];
  if (variants.length === 0 || variants.length > productLimits.variants) {
    breaches.push({ path: 'variants', message: `1 to ${productLimits.variants}` });
  }
  const skus = new Set<string>();
  const combinations = new Set<string>();
  variants.forEach((variant, index) => {
    const path = `variants.${index}`;
    breaches.push(...singleVariantBreaches(store, variant, options.length, path));
    if (variant.sku !== null && skus.has(variant.sku)) {
      breaches.push({ path: `${path}.sku`, message: 'each SKU once' });
    }
    if (variant.sku !== null) skus.add(variant.sku);
    const combination = JSON.stringify(variant.optionValues);
    if (combinations.has(combination)) {
      breaches.push({ path: `${path}.optionValues`, message: 'each combination once' });
    }
    combinations.add(combination);
  });
  return breaches;
}

function singleVariantBreaches(
  store: Store,
  variant: StatedVariant,
  optionCount: number,
  path: string,
): RuleBreach[] {
  const breaches: RuleBreach[] = [];
  const check = (isRight: boolean, name: string, message: string): void => {
    if (!isRight) breaches.push({ path: `${path}.${name}`, message });
  };
  const isText = (text: string, max: number): boolean => text.trim() !== '' && text.length <= max;
  const isWhole = (value: number, max: number): boolean =>
    Number.isSafeInteger(value) && value >= 0 && value <= max;
  const { sku, barcode, weightGrams, optionValues, prices, stock } = variant;
  check(sku === null || isText(sku, productLimits.skuLength), 'sku', 'too long or blank');
  check(barcode === null || isText(barcode, productLimits.barcodeLength), 'barcode', 'too long');
  check(
    weightGrams === null || isWhole(weightGrams, productLimits.weightGrams),
    'weightGrams',
    'whole grams',
  );
  check(optionValues.length === optionCount, 'optionValues', 'one value for each option');
  check(
    optionValues.every((value) => isText(value, productLimits.optionLength)),
    'optionValues',
    'too long or blank',
  );
  for (const { path: name, message } of [
    ...stockBreaches(stock),
    ...priceBreaches(store.currencies, prices),
  ]) {
    check(false, name, message);
  }
  return breaches;
}
