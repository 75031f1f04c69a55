const storeEditorSpec = 'libs/stores/src/authoring/store.editor.int-spec.ts';
const storeEditorFile = 'libs/stores/src/authoring/store.editor.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'stores: a language that is in use is taken away',
    promise: 'StoreEditor.update: catalog.store-in-use for taking away a language',
    file: storeEditorFile,
    replace: [['      before.locales.some((locale) => !after.locales.includes(locale)) ||\n', '']],
    suites: [storeEditorSpec],
  },
  {
    name: 'stores: a currency that is in use is taken away',
    promise: 'StoreEditor.update: catalog.store-in-use for taking away a currency',
    file: storeEditorFile,
    replace: [
      ['      before.currencies.some((currency) => !after.currencies.includes(currency)) ||\n', ''],
    ],
    suites: [storeEditorSpec],
  },
  {
    name: 'stores: the default language changes under its products',
    promise: 'StoreEditor.update: catalog.store-in-use for changing the default language',
    file: storeEditorFile,
    replace: [[' ||\n      before.defaultLocale !== after.defaultLocale;', ';']],
    suites: [storeEditorSpec],
  },
  {
    name: 'stores: a store with products goes',
    promise: 'StoreEditor.remove: catalog.store-in-use while it has products',
    file: storeEditorFile,
    replace: [
      [
        '      if (await this.dependants.haveRowsOf(tx, store)) throw storesErrors.storeInUse();\n',
        '',
      ],
    ],
    suites: [storeEditorSpec],
  },
  {
    name: 'stores: an update that changes nothing is written',
    promise: 'StoreEditor: writes and invalidates nothing when nothing changes',
    file: storeEditorFile,
    replace: [
      ['      if (JSON.stringify(content) === JSON.stringify(before)) return before;\n', ''],
    ],
    suites: [storeEditorSpec],
  },
  {
    name: 'stores: a code is given twice',
    promise: 'catalog.store-code-taken',
    file: storeEditorFile,
    replace: [['          throw storesErrors.storeCodeTaken();\n', '          return store;\n']],
    suites: [storeEditorSpec],
  },
  {
    name: 'stores: a change is based on any version',
    promise: 'StoreEditor: based on a version',
    file: storeEditorFile,
    replace: [['    if (store.version !== version) throw staleVersion(store.version);\n', '']],
    suites: [storeEditorSpec],
  },
  {
    name: 'stores: a store may break its rules',
    promise: 'StoreEditor: throws catalog.store-invalid',
    file: storeEditorFile,
    replace: [
      [
        '  if (breaches.length > 0) throw storesErrors',
        '  if (breaches.length > 99) throw storesErrors',
      ],
    ],
    suites: [storeEditorSpec],
  },
  {
    name: 'stores: a change is not audited',
    promise: 'StoreEditor: audited',
    file: storeEditorFile,
    replace: [
      ["      audit(tx, before.id, { action: 'catalog:store:update', before, after });\n", ''],
    ],
    suites: [storeEditorSpec],
  },
  {
    name: 'stores: a change invalidates nothing',
    promise: 'StoreEditor: invalidates what shows it',
    file: storeEditorFile,
    replace: [
      [
        '      tx.invalidate(storesTags.store(code));\n      audit(tx, before.id',
        '      audit(tx, before.id',
      ],
    ],
    suites: [storeEditorSpec],
  },
];
