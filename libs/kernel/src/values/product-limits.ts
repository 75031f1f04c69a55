/**
 * What a product may be at most: stated here for schemas, rules, files and columns alike. Lengths are
 * UTF-16 code units, the others counts or the unit in the name.
 */
export const productLimits = {
  options: 3,
  variants: 2_000,
  images: 250,
  attributes: 500,
  nameLength: 500,
  descriptionLength: 250_000,
  brandLength: 200,
  skuLength: 200,
  barcodeLength: 100,
  optionLength: 255,
  attributeCodeLength: 64,
  attributeValueLength: 200,
  urlLength: 2_000,
  altLength: 1_000,
  seoTitleLength: 500,
  seoDescriptionLength: 2_000,
  /** Keeps sums over carts and orders exact. */
  amountMinor: 1_000_000_000_000,
  onHand: 1_000_000_000,
  weightGrams: 1_000_000_000,
} as const;
