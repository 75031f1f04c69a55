const keeping = 'libs/search/src/storefront/keeping';
const keeper = `${keeping}/index-keeper.ts`;
const keeperSpec = `${keeping}/index-keeper.spec.ts`;
const folder = `${keeping}/index-folder.ts`;
const sealed = `${keeping}/sealed-file.ts`;
const folderSpec = `${keeping}/index-folder.int-spec.ts`;
const kept = `${keeping}/kept-indexes.ts`;
const keptSpec = `${keeping}/kept-indexes.int-spec.ts`;
const file = 'libs/search/src/model/file';
const fileSpec = `${file}/index-file.spec.ts`;
const indexedStore = 'libs/search/src/storefront/following/indexed-store.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'kept index: what was committed since is not loaded',
    promise: 'IndexKeeper: what later rows name is loaded anew before anything is shown',
    file: indexedStore,
    replace: [['      for (const ids of missed) this.marked.add(ids);\n', '']],
    suites: [keeperSpec],
  },
  {
    name: 'kept index: any index of the store is gone on with, whatever is missing in it',
    promise: 'IndexedStore.frozen: undefined when it is behind what was applied',
    file: indexedStore,
    replace: [
      ['if (!this.isUpToDate || this.store === undefined)', 'if (this.store === undefined)'],
    ],
    suites: [keeperSpec],
  },
  {
    name: 'kept index: is used again after it was not known what was missed',
    promise: 'IndexedStore: a store that is voided is loaded as a whole',
    file: indexedStore,
    replace: [['mayRevive: this.loadMs === undefined', 'mayRevive: this.isReloading']],
    suites: [keeperSpec],
  },
  {
    name: 'kept index: a log that was pruned is taken for whole',
    promise: 'IndexKeeper: the log must reach back to what the index is the result of',
    file: keeper,
    replace: [
      ["if (prunedTo > from) throw new UnusableFile('the log does not reach back to it');", ''],
    ],
    suites: [keeperSpec],
  },
  {
    name: 'kept index: any row at its position is taken for the one that was there',
    promise: 'IndexKeeper: the row must still be there, and be the same',
    file: keeper,
    replace: [['    found.digest === mark.digest\n', '    found.digest !== undefined\n']],
    suites: [keeperSpec],
  },
  {
    name: 'kept index: a row that was committed at another time is taken for the same',
    promise: 'IndexKeeper: the row must still be there, and be the same',
    file: keeper,
    replace: [['found.committedAt === mark.committedAt &&', '']],
    suites: [keeperSpec],
  },
  {
    name: 'kept index: a row that voids everything voids nothing of it',
    promise: 'IndexKeeper: an index is not used when everything was voided since',
    file: keeper,
    replace: [['if (tags.includes(EVERYTHING))', 'if (tags.length < 0)']],
    suites: [keeperSpec],
  },
  {
    name: 'kept index: any number of changes is loaded one by one',
    promise: 'IndexKeeper: where much has changed, the index is loaded as a whole',
    file: keeper,
    replace: [['if (changed.size > Math.max(', 'if (changed.size < -Math.max(']],
    suites: [keeperSpec],
  },
  {
    name: 'kept index: products of every store are loaded',
    promise: 'IndexKeeper: loads nothing that concerns other stores',
    file: keeper,
    replace: [['isListed || changed.has(id) || index.holds(id)', 'isListed || id !== code']],
    suites: [keeperSpec],
  },
  {
    name: 'kept index: what cannot be used stays in the way',
    promise: 'IndexKeeper: it will not become usable, and another one takes its place',
    file: keeper,
    replace: [
      ['    if (error instanceof UnusableFile) {\n', '    if (error instanceof SyntaxError) {\n'],
    ],
    suites: [keeperSpec],
  },
  {
    name: 'kept index: the same is written again and again',
    promise: 'IndexKeeper.keep: unless it is kept already, or another replica has done so',
    file: keeper,
    replace: [['if (await shelf.hasYoungerThan(youngerMs, store)) return;', '']],
    suites: [keeperSpec],
  },
  {
    name: 'kept index: whoever can write into the folder decides what is shown',
    promise: 'IndexFolder: what is read was written by a replica of the installation, and is whole',
    file: folder,
    replace: [['      await file.finish();\n', '']],
    suites: [folderSpec],
  },
  {
    name: 'kept index: a file is used for the store that its name says',
    promise: 'readIndexFile: of exactly this store, by what the file itself says',
    file: `${file}/index-file.ts`,
    replace: [['if (head.identity !== identity)', 'if (head.identity.length < 0)']],
    suites: [fileSpec],
  },
  {
    name: 'kept index: the languages of a store do not count',
    promise: 'IndexFolder: files of other languages are others',
    file: folder,
    replace: [['      locales,\n    ]);', '    ]);']],
    suites: [folderSpec],
  },
  {
    name: 'kept index: is written in the place of the one that is there',
    promise: 'writeSealed: what had the name before is whole until all of it is on the disk',
    file: sealed,
    replace: [["open(temporary, 'wx', OWNER_ONLY)", "open(path, 'w', OWNER_ONLY)"]],
    suites: [folderSpec],
  },
  {
    name: 'kept index: everybody can read it',
    promise: 'IndexFolder: lets nobody else read it',
    file: sealed,
    replace: [['const OWNER_ONLY = 0o600;', 'const OWNER_ONLY = 0o644;']],
    suites: [folderSpec],
  },
  {
    name: 'kept index: what was begun and not finished stays for ever',
    promise: 'IndexFolder: the folder does not grow',
    file: folder,
    replace: [['await this.removeOutdated();', '']],
    suites: [folderSpec],
  },
  {
    name: 'kept index: a head may say any lengths',
    promise: 'readIndexFile: throws for what has another length than it says',
    file: `${file}/index-file.ts`,
    replace: [["if (total !== bytes.size) throw new UnusableFile('its length is wrong');", '']],
    suites: [fileSpec],
  },
  {
    name: 'kept index: arrays of any length are put together',
    promise: 'putTogether: throws when arrays do not fit together',
    file: `${file}/parts.ts`,
    replace: [['(wantedLength ?? length) !== length', '(wantedLength ?? length) < 0']],
    suites: [fileSpec],
  },
  {
    name: 'kept index: buried products come back',
    promise: 'StoreIndex: consists of what another one has said of itself',
    file: 'libs/search/src/model/index/live-segment.ts',
    replace: [['alive?.slice() ?? new', 'new']],
    suites: [fileSpec],
  },
  {
    name: 'kept index: the code that made it does not count',
    promise: 'INDEX_CODE: another one as soon as the same products make another index',
    file: 'libs/search/src/model/index/analysed-product.ts',
    replace: [['  description: 12,', '  description: 13,']],
    suites: [`${file}/index-code.spec.ts`],
  },
  {
    name: 'kept index: nothing is kept by a process that stops',
    promise: 'KeptIndexes.stop: keeps them once more',
    file: kept,
    replace: [
      ['this.keepAll(YOUNG_AT_STOP_MS, AbortSignal.timeout(STOP_LIMIT_MS)),', 'undefined,'],
    ],
    suites: [keptSpec],
  },
  {
    name: 'kept index: nothing is kept before ten minutes have passed',
    promise: 'KeptIndexes: keeps them when they have been loaded',
    file: kept,
    replace: [['    this.stores = stores;\n    this.keepSoon();\n', '    this.stores = stores;\n']],
    suites: [keptSpec],
  },
  {
    name: 'search: what was sorted is not merged',
    promise: 'sorted: the numbers in ascending order',
    file: 'libs/search/src/model/index/stepwise-sort.ts',
    replace: [['(from[middle - 1] as number, from[middle] as number) <= 0', '(0, 0) <= 0']],
    suites: ['libs/search/src/model/index/stepwise-sort.spec.ts'],
  },
  {
    name: 'search: a chain of many words is found as one word',
    promise: 'TextTerms: the same that wordsOf answers',
    file: 'libs/search/src/model/index/text-terms.ts',
    replace: [['parts > 1 && parts <= MAX_PARTS', 'parts > 1']],
    suites: ['libs/search/src/model/index/text-terms.spec.ts'],
  },
  {
    name: 'search: a compound across the last word that counts is not found as one',
    promise: 'TextTerms: the same that wordsOf answers',
    file: 'libs/search/src/model/index/text-terms.ts',
    replace: [['(words.length < limit || parts > 0)', 'words.length < limit']],
    suites: ['libs/search/src/model/index/text-terms.spec.ts'],
  },
  {
    name: 'search: of many texts one counts as often as it stands there',
    promise: 'DistinctTexts: what is the same in several languages does once',
    file: 'libs/search/src/model/index/analysed-product.ts',
    replace: [['      if (more.has(key)) return false;\n', '']],
    suites: ['libs/search/src/model/index/distinct-texts.spec.ts'],
  },
  {
    name: 'search: terms with the same hash are one',
    promise: 'TermTable: each term has a number of its own',
    file: 'libs/search/src/model/index/term-table.ts',
    replace: [
      ['hash = Math.imul(hash ^ text.charCodeAt(at), PRIME);', 'hash += text.charCodeAt(at);'],
      [' && this.isTerm(known - 1, text, start, end)', ''],
    ],
    suites: ['libs/search/src/model/index/text-terms.spec.ts'],
  },
];
