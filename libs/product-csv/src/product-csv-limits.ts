import { productLimits } from '#libs/kernel';

/** What a product CSV may be at most. They bound the memory of a reader whatever the file holds. */
export interface ProductCsvLimits {
  readonly maxFileBytes: number;
  /** One row, without its line end. Also the most that is buffered of an unfinished row. */
  readonly maxRowBytes: number;
  readonly maxColumns: number;
  /** Characters of one cell other than the description. */
  readonly maxCellChars: number;
  readonly maxDescriptionChars: number;
  readonly maxRowsPerProduct: number;
  /** Characters of all rows of one product. */
  readonly maxProductChars: number;
  /** Characters of rows that are kept because rows of their product follow further down. */
  readonly maxScatteredChars: number;
  readonly maxColumnNameChars: number;
  /** Products in one file; every handle is remembered to find the ones that come back. */
  readonly maxProducts: number;
}

export const defaultProductCsvLimits: ProductCsvLimits = {
  maxFileBytes: 512 * 1024 * 1024,
  maxRowBytes: 1024 * 1024,
  maxColumns: 1000,
  maxCellChars: 5000,
  maxDescriptionChars: 200_000,
  maxRowsPerProduct: 2500,
  maxProductChars: 4_000_000,
  maxScatteredChars: 32_000_000,
  maxColumnNameChars: 200,
  maxProducts: 500_000,
};

/** Characters that the catalog keeps of each text; more is an error, nothing is cut off. */
export const maxChars = {
  handle: 200,
  title: 255,
  vendor: productLimits.brandLength,
  type: 1000,
  productCategory: 1000,
  categoryName: 200,
  option1Name: productLimits.optionLength,
  option2Name: productLimits.optionLength,
  option3Name: productLimits.optionLength,
  option1Value: productLimits.optionLength,
  option2Value: productLimits.optionLength,
  option3Value: productLimits.optionLength,
  sku: productLimits.skuLength,
  barcode: productLimits.barcodeLength,
  attributeValue: productLimits.attributeValueLength,
  imageAlt: productLimits.altLength,
  imageSrc: productLimits.urlLength,
  variantImage: productLimits.urlLength,
  seoTitle: productLimits.seoTitleLength,
  seoDescription: productLimits.seoDescriptionLength,
} as const;
