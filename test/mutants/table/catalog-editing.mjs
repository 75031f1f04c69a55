const productEditorSpec = 'libs/catalog/src/authoring/products/product.editor.int-spec.ts';
const productWriterSpec = 'libs/catalog/src/authoring/products/product.writer.int-spec.ts';
const rebuildRelatedProductsHandlerSpec =
  'libs/catalog/src/authoring/related/rebuild-related-products.handler.int-spec.ts';
const productEditorFile = 'libs/catalog/src/authoring/products/product.editor.ts';
const productRepositoryFile = 'libs/catalog/src/authoring/products/product.repository.ts';
const productWriterFile = 'libs/catalog/src/authoring/products/product.writer.ts';
const judgeFile = 'libs/catalog/src/authoring/products/judge-drafts.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'catalog: a change of a product is based on any version',
    promise: 'ProductEditor: http.stale-version',
    file: productEditorFile,
    replace: [['    if (product.version !== version) throw staleVersion(product.version);\n', '']],
    suites: [productEditorSpec],
  },
  {
    name: 'catalog: two changes of one version win',
    promise: 'ProductRepository.save: only when nobody wrote it since it was loaded',
    file: productRepositoryFile,
    replace: [['.where({ id, storeId, version })', '.where({ id, storeId })']],
    suites: [productEditorSpec],
  },
  {
    name: 'catalog: a change that changes nothing is written',
    promise: 'ProductEditor: a change that changes nothing writes, audits and invalidates nothing',
    file: productEditorFile,
    replace: [['    if (before !== undefined && !isChanged(change)) return before;\n', '']],
    suites: [productEditorSpec],
  },
  {
    name: 'catalog: a change of a product is not audited',
    promise: 'ProductEditor: is audited',
    file: productEditorFile,
    replace: [['    audit(tx, after.id, deed);\n', '']],
    suites: [productEditorSpec],
  },
  {
    name: 'catalog: a change of a product invalidates nothing',
    promise: 'ProductEditor: invalidates what shows it',
    file: productEditorFile,
    replace: [
      [
        '    const saved = (await this.products.save(tx, change)) ?? after;\n    await this.invalidate(tx, store, change);',
        '    const saved = (await this.products.save(tx, change)) ?? after;',
      ],
    ],
    suites: [productEditorSpec],
  },
  {
    name: 'catalog: related products stay as they were',
    promise: 'ProductEditor: asks for related products anew when they may be others',
    file: productEditorFile,
    replace: [['await tx.enqueue(rebuildRelatedProductsJob, payload, {', 'void ({']],
    suites: [productEditorSpec],
  },
  {
    name: 'catalog: each change asks for related products',
    promise: 'rebuildDedupeKey: requests that have not started are one job',
    file: productEditorFile,
    replace: [['dedupeKey: rebuildDedupeKey(payload),', '']],
    suites: [productEditorSpec],
  },
  {
    name: 'catalog: related products are worked out beside each change',
    promise: 'RELATED_AFTER_MS: once for who saves a product several times',
    file: productEditorFile,
    replace: [['delayMs: RELATED_AFTER_MS,', '']],
    suites: [productEditorSpec],
  },
  {
    name: 'catalog: a product breaks a rule',
    promise: 'ProductEditor: throws catalog.product-invalid',
    file: productEditorFile,
    replace: [
      [
        'if (breaches.length > 0) throw catalogErrors.productInvalid',
        'if (breaches.length > 99) throw catalogErrors.productInvalid',
      ],
    ],
    suites: [productEditorSpec],
  },
  {
    name: 'catalog: an id counts in every store',
    promise: 'ProductHeadRepository: an id alone finds nothing',
    file: 'libs/catalog/src/authoring/products/product-head.repository.ts',
    replace: [['WHERE p.id = ${id} AND p.store_id = ${storeId}`', 'WHERE p.id = ${id}`']],
    suites: [productEditorSpec],
  },
  {
    name: 'catalog: a description is stored as it was pasted',
    promise: 'safeTexts: what is stored is safe to embed',
    file: 'libs/catalog/src/authoring/products/product-input.ts',
    replace: [['sanitiseHtml(text.descriptionHtml)', 'text.descriptionHtml']],
    suites: [productEditorSpec],
  },
  {
    name: 'catalog: a removed product leaves its relations',
    promise: 'ProductEditor.remove: with everything it consists of',
    file: productRepositoryFile,
    replace: [[' OR related_id = ${id}', '']],
    suites: [productEditorSpec],
  },
  {
    name: 'catalog: a draft that is stored already is written',
    promise: 'ProductWriter: neither written nor invalidated',
    file: productWriterFile,
    replace: [['stored.get(sourceKey)?.sourceHash !== sourceHash', 'sourceHash !== undefined']],
    suites: [productWriterSpec],
  },
  {
    name: 'catalog: languages that a source does not know go',
    promise: 'ProductWriter: what is stored in others stays',
    file: productWriterFile,
    replace: [['texts: { ...before?.texts, ...draft.texts }', 'texts: draft.texts']],
    suites: [productWriterSpec],
  },
  {
    name: 'catalog: a batch takes the SKU of another product',
    promise: 'ProductWriter: rejected by itself',
    file: judgeFile,
    replace: [['        ...taken.breaches(after),\n', '']],
    suites: [productWriterSpec],
  },
  {
    name: 'catalog: a slug that was asked for gives way',
    promise: 'chosenSlug: kept as it is',
    file: judgeFile,
    replace: [['draft.slug !== undefined || isFree', 'isFree']],
    suites: [productWriterSpec],
  },
  {
    name: 'catalog: variants get other ids',
    promise: 'ProductWriter: the ids of the variants that are still there stay',
    file: productWriterFile,
    replace: [
      [
        'matchVariants(before?.variants ?? [], draft.variants)',
        'matchVariants([], draft.variants)',
      ],
    ],
    suites: [productWriterSpec],
  },
  {
    name: 'catalog: a batch invalidates nothing',
    promise: 'SaveManyResult.tags: recorded in the unit of work',
    file: productWriterFile,
    replace: [['    tx.invalidate(...tags);\n', '']],
    suites: [productWriterSpec],
  },
  {
    name: 'catalog: SKUs cannot move within a batch',
    promise: 'TakenNames: a product that gives its SKU up leaves it to the others',
    file: 'libs/catalog/src/authoring/products/taken-names.ts',
    replace: [['if (wants) skus.set(sku, owner);', 'if (owner) skus.set(sku, owner);']],
    suites: [productWriterSpec],
  },
  {
    name: 'catalog: a rejected draft gives up what its product has',
    promise: 'judgeDrafts: one that turns out to be rejected keeps what it has',
    file: judgeFile,
    replace: [['names.givesUp(before.id)', 'names.givesUp(draft.sourceKey)']],
    suites: [productWriterSpec],
  },
  {
    name: 'catalog: SKUs are taken before they are given up',
    promise: 'replaceVariants: all are given up before any is taken',
    file: 'libs/catalog/src/authoring/products/product-row.repository.ts',
    replace: [
      [
        '        SET sku = NULL\n        WHERE id IN ${sql.in(ids)}`',
        '        SET sku = NULL\n        WHERE 1 = 0 AND id IN ${sql.in(ids)}`',
      ],
    ],
    suites: [productWriterSpec],
  },
  {
    name: 'catalog: related products are written again',
    promise: 'RelatedProductRepository.replace: invalidates those that changed',
    file: 'libs/catalog/src/authoring/related/related-product.repository.ts',
    replace: [['known !== undefined && known.join() !== relatedIds.join()', 'known !== undefined']],
    suites: [rebuildRelatedProductsHandlerSpec],
  },
  {
    name: 'catalog: related products of hundreds of products are written at once',
    promise:
      'RebuildRelatedProductsHandler: a unit of work holds the event loop for a few products',
    file: 'libs/catalog/src/authoring/related/rebuild-related-products.handler.ts',
    replace: [['const CHUNK_SIZE = 20;', 'const CHUNK_SIZE = 200;']],
    suites: [rebuildRelatedProductsHandlerSpec],
  },
  {
    name: 'catalog: related products are worked out without a rest',
    promise: 'RebuildRelatedProductsHandler: works for at most half of the time',
    file: 'libs/catalog/src/authoring/related/rebuild-related-products.handler.ts',
    replace: [
      [
        'await delay(Math.min(performance.now() - beganMs, LONGEST_REST_MS), context.signal);',
        'await delay(0, context.signal);',
      ],
    ],
    suites: [rebuildRelatedProductsHandlerSpec],
  },
  {
    name: 'related products: a job rests for as long as its process stood still',
    promise: 'LONGEST_REST_MS: a process that stood still has not worked for so long',
    file: 'libs/catalog/src/authoring/related/rebuild-related-products.handler.ts',
    replace: [['const LONGEST_REST_MS = 1_000;', 'const LONGEST_REST_MS = 100_000;']],
    suites: [rebuildRelatedProductsHandlerSpec],
  },
  {
    name: 'catalog: related products of another store',
    promise: 'RebuildRelatedProductsHandler: does nothing for a product of another store',
    file: 'libs/catalog/src/authoring/related/related-product.repository.ts',
    replace: [
      [
        'WHERE id = ${productId} AND store_id = ${storeId} AND status',
        'WHERE id = ${productId} AND status',
      ],
      ['WHERE p.store_id = ${storeId} AND ${inCategory}', 'WHERE ${inCategory}'],
    ],
    suites: [rebuildRelatedProductsHandlerSpec],
  },
  {
    name: 'catalog: two products of a store may have one SKU',
    promise: 'ProductRepository.assertUnique: throws catalog.sku-taken, naming the SKUs',
    file: 'libs/catalog/src/authoring/products/product.repository.ts',
    replace: [['if (bySku.length > 0) {', 'if (bySku.length > 99) {']],
    suites: ['libs/catalog/src/authoring/products/product.editor.int-spec.ts'],
  },
];
