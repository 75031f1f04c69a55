// Reading and writing of the product CSV that Shopify exports. Pure: no database, no Nest.
export { importErrors } from './import.errors.js';
export { writeImportReport, type ImportReportLine } from './import-report.js';
export type {
  ImportedImage,
  ImportedProduct,
  ImportedProductContent,
  ImportedVariant,
} from './imported-product.js';
export { withContentHash } from './imported-product.js';
export { passCheckedProductCsv } from './product-csv-check.js';
export { defaultProductCsvLimits, type ProductCsvLimits } from './product-csv-limits.js';
export type { CsvFileProblemCode, CsvRowProblemCode } from './product-csv-problem.js';
export {
  readProductCsv,
  type ProductCsvErrorItem,
  type ProductCsvHeaderItem,
  type ProductCsvItem,
  type ProductCsvOptions,
  type ProductCsvProductItem,
} from './product-csv-reader.js';
export { writeProductCsv, type ProductCsvWriterOptions } from './product-csv-writer.js';
export { productDraftFromImport } from './product-draft-from-import.js';
export { sanitiseHtml } from './sanitise-html.js';
