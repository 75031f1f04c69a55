import type { PlacedText } from '#libs/kernel';
import type { ProductContent } from './product.js';

/** The texts of a product that are compared by eye; a description is HTML and is sanitised. */
export function plainTextsOf(product: ProductContent): PlacedText[] {
  const { brand, options, texts, attributes, images, variants } = product;
  return [
    ['brand', brand],
    ...options.map((name): PlacedText => ['options', name]),
    ...Object.entries(texts).flatMap(([locale, text]): PlacedText[] => [
      [`texts.${locale}.name`, text.name],
      [`texts.${locale}.seoTitle`, text.seoTitle],
      [`texts.${locale}.seoDescription`, text.seoDescription],
    ]),
    ...attributes.map(({ value }, index): PlacedText => [`attributes.${index}.value`, value]),
    ...images.map(({ alt }, index): PlacedText => [`images.${index}.alt`, alt]),
    ...variants.flatMap(({ sku, barcode, optionValues }, index): PlacedText[] => [
      [`variants.${index}.sku`, sku],
      [`variants.${index}.barcode`, barcode],
      ...optionValues.map((value): PlacedText => [`variants.${index}.optionValues`, value]),
    ]),
  ];
}
