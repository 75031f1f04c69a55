// Reading and writing of the product CSV that Shopify exports. Pure: no database, no Nest.
export { importErrors } from './import.errors.js';
export { writeImportReport } from './import-report.js';
export {
  withContentHash,
  type ImportedProduct,
  type ImportedProductContent,
  type ImportedVariant,
} from './products/imported-product.js';
export { passCheckedProductCsv } from './product-csv-check.js';
export {
  readProductCsv,
  type ProductCsvErrorItem,
  type ProductCsvHeaderItem,
  type ProductCsvItem,
  type ProductCsvProductItem,
} from './product-csv-reader.js';
export { writeProductCsv } from './product-csv-writer.js';
export { sanitiseHtml } from './cells/sanitise-html.js';
