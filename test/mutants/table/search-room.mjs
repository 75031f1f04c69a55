const following = 'libs/search/src/storefront/following';
const room = `${following}/index-room.spec.ts`;

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'room: an index may take what it will',
    promise: 'IndexRoom: the memory that the indexes of all stores of a replica may take together',
    file: `${following}/index-room.ts`,
    replace: [['if (neededBytes <= limitBytes) return;', 'if (limitBytes > 0) return;']],
    suites: [room],
    isQuick: true,
  },
  {
    name: 'room: each store has all of it',
    promise: 'IndexRoom: of all stores together',
    file: `${following}/index-room.ts`,
    replace: [
      ['const neededBytes = this.takenBytes + moreBytes;', 'const neededBytes = moreBytes;'],
    ],
    suites: [room],
  },
  {
    name: 'room: a store that is loaded anew counts twice',
    promise: 'IndexRoom.admit: it takes the place of the one before',
    file: `${following}/index-room.ts`,
    replace: [
      [
        'this.require(storeCode, bytes - replacedBytes, this.maxBytes);',
        'this.require(storeCode, bytes, this.maxBytes);',
      ],
    ],
    suites: [room],
  },
  {
    name: 'room: one product too many takes all lists',
    promise: 'IndexRoom.keep: what has been loaded may take a quarter more',
    file: `${following}/index-room.ts`,
    replace: [['this.maxBytes * GROWN', 'this.maxBytes']],
    suites: [room],
  },
  {
    name: 'room: what has been loaded grows for ever',
    promise: 'IndexedStore: beyond a quarter more nothing of it is held',
    file: `${following}/indexed-store.ts`,
    replace: [['      this.room.keep(this.code, index.bytes, this.bytes);\n', '']],
    suites: [room],
  },
  {
    name: 'room: what is too large is held all the same',
    promise: 'IndexedStore: nothing of a store that does not fit is held',
    file: `${following}/indexed-store.ts`,
    replace: [['    if (isTooLarge(error)) {', '    if (isTooLarge(error) && this.isVoid) {']],
    suites: [room],
  },
  {
    name: 'room: answers of an index that was dropped are not voided',
    promise: 'IndexedStore.concerns: of one that is void nobody knows what it has',
    file: `${following}/indexed-store.ts`,
    replace: [
      ['if (this.isVoid || this.isReloading) return true;', 'if (this.isReloading) return true;'],
    ],
    suites: [room],
  },
  {
    name: 'room: what is too large is loaded again and again',
    promise: 'LoadProgress.isRefused: it is not tried again for a minute',
    file: `${following}/load-progress.ts`,
    replace: [['this.failedAtMs + this.restMs', 'this.failedAtMs']],
    suites: [room],
  },
  {
    name: 'room: what takes long to load and is too large is loaded each minute',
    promise: 'LoadProgress: it takes a twentieth of the time at most',
    file: `${following}/load-progress.ts`,
    replace: [['Math.max(LEAST_REST_MS, REST_FOR_EACH_MS * tookMs)', 'LEAST_REST_MS']],
    suites: [room],
  },
  {
    name: 'room: what was too large once is refused for ever',
    promise: 'LoadProgress.isRefused: within a minute',
    file: `${following}/load-progress.ts`,
    replace: [['this.wasTooLarge && this.timing', 'this.wasTooLarge || this.timing']],
    suites: [room],
  },
  {
    name: 'room: a load is measured at its end',
    promise: 'loadStore: it reads no further than there is room',
    file: `${following}/load-store.ts`,
    replace: [['      admit(building.bytes);\n', '']],
    suites: [`${following}/load-store.spec.ts`],
  },
  {
    name: 'room: what has been loaded is not measured',
    promise: 'openStore: throws what admit throws',
    file: `${following}/load-store.ts`,
    replace: [['  admit(opened.index.bytes);\n', '']],
    suites: [room],
  },
  {
    name: 'room: the thread does not tell what it takes',
    promise: 'IndexBuilding.bytes: what has been made of it takes',
    file: 'libs/search/src/storefront/building/building-in-thread.ts',
    replace: [["    if (typeof reply === 'number') this.bytes = reply;\n", '']],
    suites: ['libs/search/src/storefront/building/building-in-thread.int-spec.ts'],
  },
  {
    name: 'room: a replica waits five minutes for a store that is too large',
    promise: 'FirstLoad: one that is too large is not tried again',
    file: `${following}/first-load.ts`,
    replace: [['        if (isTooLarge(error)) this.tooLarge.add(code);\n', '']],
    suites: [`${following}/first-load.spec.ts`],
  },
  {
    name: 'room: a replica is ready before the stores that fit',
    promise: 'FirstLoad: loads every store once',
    file: `${following}/first-load.ts`,
    replace: [['missing.every((code) =>', 'missing.some((code) =>']],
    suites: [`${following}/first-load.spec.ts`],
  },
  {
    name: 'room: nobody says that indexes are beyond their bound',
    promise: 'SearchIndexHealth: degraded while the indexes take more than they may',
    file: `${following}/search-index-health.ts`,
    replace: [['if (takenBytes <= maxBytes) return', 'if (takenBytes > 0) return']],
    suites: [`${following}/too-large-store.int-spec.ts`],
  },
];
