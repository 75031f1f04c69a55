const rule = 'libs/pricing/src/model/price-rule.ts';
const ruleSpec = 'libs/pricing/src/model/price-rule.spec.ts';
const verdicts = 'libs/pricing/src/model/price-verdicts.ts';
const editor = 'libs/pricing/src/authoring/repricing/repricing.editor.ts';
const writer = 'libs/pricing/src/authoring/repricing/repricing.writer.ts';
const plan = 'libs/pricing/src/authoring/repricing/repricing-plan.ts';
const pruner = 'libs/pricing/src/authoring/repricing/repricing.pruner.ts';
const selected = 'libs/catalog/src/authoring/listing/selected-product.repository.ts';
const suite = 'libs/catalog/src/authoring/products/repricing.int-spec.ts';
const pagesSuite = 'libs/catalog/src/authoring/listing/selected-product.repository.int-spec.ts';
const undoSuite = 'libs/catalog/src/authoring/products/repricing-undo.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'repricing: half a step goes down',
    promise: 'PriceRounding: half a step is rounded up',
    file: rule,
    replace: [['2n * above >= step', '2n * above > step']],
    suites: [ruleSpec],
  },
  {
    name: 'repricing: a fraction is made whole before it is put on a step',
    promise: 'repriced: exact, rounded once',
    file: rule,
    replace: [
      [
        'return BigInt(amountMinor) * (MILLION + BigInt(shift.percentPpm));',
        'return ((BigInt(amountMinor) * (MILLION + BigInt(shift.percentPpm))) / MILLION) * MILLION;',
      ],
    ],
    suites: [ruleSpec],
  },
  {
    name: 'repricing: high amounts are multiplied as floating point numbers',
    promise: 'repriced: exact',
    file: rule,
    replace: [
      [
        'return BigInt(amountMinor) * (MILLION + BigInt(shift.percentPpm));',
        'return BigInt(amountMinor * (1_000_000 + shift.percentPpm));',
      ],
    ],
    suites: [ruleSpec],
  },
  {
    name: 'repricing: a price may be less than nothing',
    promise: 'repriced: undefined when no allowed amount is left',
    file: rule,
    replace: [['  if (millionths < 0n) return -1;\n', '']],
    suites: [ruleSpec],
  },
  {
    name: 'repricing: a category means its own products alone',
    promise: 'ProductSelection: products in the category and in those below',
    file: selected,
    replace: [
      ['JOIN category c ON c.parent_id = b.id', 'JOIN category c ON c.id = b.id AND 1 = 0'],
    ],
    suites: [suite],
  },
  {
    name: 'repricing: a SKU means all variants of its product',
    promise: 'ProductSelection: only the variants with these SKUs',
    file: verdicts,
    replace: [['    if (variantsOf.get(productId)?.has(variantId) === false) return [];\n', '']],
    suites: [suite],
  },
  {
    name: 'repricing: what a selection names and the store does not have is left out in silence',
    promise: 'SelectedProducts.survey: refuses what the store does not have',
    file: selected,
    replace: [['    await refuseUnknown(queries, storeId, selection);\n', '']],
    suites: [suite],
  },
  {
    name: 'repricing: each page reads everything that is selected',
    promise: 'SelectedProductRepository: pages in the order of ids read what is on them',
    file: selected,
    replace: [['isSelected(storeId, selection, unindexed)', 'isSelected(storeId, selection)']],
    suites: [pagesSuite],
  },
  {
    name: 'repricing: products that are made later are changed too',
    promise: 'Repricing: products that are made after it was accepted are left alone',
    file: selected,
    replace: [[' AND p.id <= ${upTo}', '']],
    suites: [suite],
  },
  {
    name: 'repricing: lists are void although the span stays',
    promise: 'RepricingWriter: lists are void only when the span is another',
    file: writer,
    replace: [[' || JSON.stringify(span) === JSON.stringify(spanBefore)', '']],
    suites: [suite],
  },
  {
    name: 'repricing: lists are sorted by prices that were',
    promise: 'HeldProducts.respan: lists are true after spans have changed',
    file: selected,
    replace: [
      ['        await writeSpans(tx, { storeId, currency }, spansOf(listed, spans));\n', ''],
    ],
    suites: [suite],
  },
  {
    name: 'repricing: lists of categories above stay',
    promise: 'HeldProducts.respan: voids the lists of every category above',
    file: selected,
    replace: [
      ['JOIN category c ON c.id = a.parent_id', 'JOIN category c ON c.id = a.id AND 1 = 0'],
    ],
    suites: [suite],
  },
  {
    name: 'repricing: everything in one unit of work',
    promise: 'RepricingPlan: a unit of work does a bounded part',
    file: plan,
    replace: [['const MAX_PRICES = 500;', 'const MAX_PRICES = 50_000;']],
    suites: [suite],
  },
  {
    name: 'repricing: single prices are not audited',
    promise: 'RepricingWriter: every price that changes is audited',
    file: writer,
    replace: [['    auditChanges(tx, id, verdicts);\n', '']],
    suites: [suite],
  },
  {
    name: 'repricing: an undo overwrites what was changed since',
    promise: 'RepricingWork: an undo puts back what nobody has changed since',
    file: verdicts,
    replace: [
      ['before?.version === price.version && isSame(before, price)', 'before !== undefined'],
    ],
    suites: [undoSuite],
  },
  {
    name: 'repricing: an undo looks at amounts alone',
    promise: 'RepricingWork: a price that was changed and changed back is not put back',
    file: verdicts,
    replace: [
      [
        'before?.version === price.version && isSame(before, price)',
        'before !== undefined && isSame(before, price)',
      ],
    ],
    suites: [undoSuite],
  },
  {
    name: 'repricing: one that was undone is carried on',
    promise: 'RepricingWriter: refuses once another one puts back what this one did',
    file: writer,
    replace: [
      [
        '    if (repricing.undoneBy !== null) throw pricingErrors.repricingUndone({ details: { id } });\n',
        '',
      ],
    ],
    suites: [undoSuite],
  },
  {
    name: 'repricing: one that runs is undone',
    promise: 'RepricingEditor.undo: only what has ended is undone',
    file: editor,
    replace: [['if (await this.repricings.isUnfinished(tx, id)) {', 'if (id === undone.jobId) {']],
    suites: [undoSuite],
  },
  {
    name: 'repricing: one is undone twice',
    promise: 'RepricingEditor.undo: once',
    file: editor,
    replace: [
      [
        '      if (undone.undoneBy !== null) throw pricingErrors.repricingUndone({ details: { id } });\n',
        '',
      ],
    ],
    suites: [undoSuite],
  },
  {
    name: 'repricing: rows go while it can still be undone',
    promise: 'RepricingPruner: keeps them a day longer than an undo is accepted',
    file: pruner,
    replace: [['repricingLimits.undoableMs + 24 * 3_600_000', 'repricingLimits.undoableMs']],
    suites: [undoSuite],
  },
];
