const job = 'libs/catalog/src/authoring/import-job/import-products.handler.int-spec.ts';
const handler = 'libs/catalog/src/authoring/import-job/import-products.handler.ts';
const sanitiser = 'libs/product-csv/src/cells/sanitise-html.ts';
const sanitiserSpec = 'libs/product-csv/src/cells/sanitise-html.spec.ts';
const rowsSpec = 'libs/product-csv/src/csv/csv-rows.spec.ts';
const reader = 'libs/catalog/src/storefront/product.reader.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'an import notes its progress outside the unit of work of the batch',
    promise:
      'ImportProductsHandler: each batch is one unit of work that also notes how far the import is',
    file: handler,
    replace: [
      [
        '    const isNew = await context.step(',
        '    const ahead = { ...before, nextOrdinal: batch.nextOrdinal };\n    await this.unitOfWork.run((tx) => this.files.saveProgress(tx, file.id, ahead));\n    const isNew = await context.step(',
      ],
    ],
    suites: [job],
  },
  {
    name: 'an import stores its products outside the unit of work of the batch',
    promise:
      'ImportProductsHandler: each batch is one unit of work that also notes how far the import is',
    file: handler,
    replace: [
      [
        '    const isNew = await context.step(',
        '    const saved = foreseen ?? (await this.unitOfWork.run((tx) => this.save(tx, file, batch)));\n    const isNew = await context.step(',
      ],
      ['foreseen ?? (await this.save(tx, file, batch))', 'saved'],
    ],
    suites: [job],
  },
  {
    name: 'a dry run forgets the SKUs of the batches before',
    promise: 'libs/catalog/README.md: the report of a dry run is that of the run',
    file: handler,
    replace: [['foreseenSkus.set(sku, owner);', 'foreseenSkus.delete(sku);']],
    suites: [job],
  },
  {
    name: 'a dry run does not know that a SKU was given up',
    promise: 'libs/catalog/README.md: the report of a dry run is that of the run',
    file: 'libs/catalog/src/authoring/products/taken-names.ts',
    replace: [['if (owner === null) skus.delete(sku);', 'if (owner === null) continue;']],
    suites: [job],
  },
  {
    name: 'a continued dry run begins where the other stopped',
    promise: 'ImportProductsHandler: continued, it foresees the batches before it again',
    file: handler,
    replace: [['file.isDryRun ? 0 : progress.nextOrdinal', 'progress.nextOrdinal']],
    suites: [job],
  },
  {
    name: 'a dry run commits',
    promise: 'ImportFile.isDryRun: everything is checked and reported, nothing is stored',
    file: handler,
    replace: [
      [
        'await this.foresee(file, batch, foreseenSkus)',
        '{ ...(await this.unitOfWork.run((tx) => this.save(tx, file, batch))), skuOwners: new Map() }',
      ],
    ],
    suites: [job],
  },
  {
    name: 'rows of a product that come later in the file are another product',
    promise: 'libs/product-csv/README.md: products are handed out once, with all their rows',
    file: 'libs/product-csv/src/file-survey.ts',
    replace: [['(runs.get(handle) ?? 0) + 1', '1']],
    suites: ['libs/product-csv/src/real-files.spec.ts'],
  },
  {
    name: 'semicolons and tabs separate nothing',
    promise: 'libs/product-csv/README.md: cells are separated by commas, semicolons or tabs',
    file: 'libs/product-csv/src/csv/csv-separator.ts',
    replace: [['[COMMA, 59, 9]', '[COMMA]']],
    suites: [rowsSpec],
    isQuick: true,
  },
  {
    name: 'separators inside quotes of the first line count',
    promise: 'findSeparator: the one that stands most often outside quotes',
    file: 'libs/product-csv/src/csv/csv-separator.ts',
    replace: [['if (byte === QUOTE) isQuoted = !isQuoted;', '']],
    suites: [rowsSpec],
    isQuick: true,
  },
  {
    name: 'broken UTF-16 is read on',
    promise: 'CsvScanner: finds what makes the file unusable',
    file: 'libs/product-csv/src/csv/csv-bytes.ts',
    replace: [['file.isFromUtf16 ? view.indexOf(UNREADABLE) : -1', '-1']],
    suites: [rowsSpec],
    isQuick: true,
  },
  {
    name: 'the sanitiser leaves URLs to the library alone',
    promise: 'sanitiseHtml: images have http, https and relative URLs only',
    file: sanitiser,
    replace: [
      ['protocols.has(parsed.protocol) ? url : undefined', 'protocols.size > 0 ? url : undefined'],
    ],
    suites: [sanitiserSpec],
  },
  {
    name: 'the sanitiser runs once',
    promise: 'sanitiseHtml: applying it again changes nothing',
    file: sanitiser,
    replace: [
      [
        'sanitizeHtml(sanitizeHtml(wellFormed, options), options)',
        'sanitizeHtml(wellFormed, options)',
      ],
    ],
    suites: [sanitiserSpec],
  },
  {
    name: 'the handle of a product leads nowhere',
    promise:
      'libs/catalog/README.md: shoppers find a product under its slug, else under its handle',
    file: 'libs/catalog/src/storefront/product-view.repository.ts',
    replace: [['sql`source_key = ${slug}`', 'sql`slug = ${slug}`']],
    suites: [reader],
  },
  {
    name: 'a handle that led nowhere is not voided when its product comes',
    promise: 'libs/catalog/README.md: a handle voids slug:<store>/<slug>',
    file: 'libs/catalog/src/authoring/products/product-change.ts',
    replace: [["['slug', 'sourceKey'] as const", "['slug'] as const"]],
    suites: [reader],
  },
];
