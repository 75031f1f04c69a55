const memory = 'libs/cache/src/records/record-memory.ts';
const packed = 'libs/cache/src/records/packed-records.ts';
const table = 'libs/cache/src/records/byte-table.ts';
const unit = [
  'libs/cache/src/records/record-memory.spec.ts',
  'libs/cache/src/records/record-filling.spec.ts',
];
const storage = ['libs/cache/src/records/packed-records.spec.ts'];
const catalog = ['libs/catalog/src/storefront/records/catalog-memory.int-spec.ts'];

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'records: what was read is held although the log was not followed after it',
    promise: 'RecordMemory: held once everything is applied that was committed before',
    file: memory,
    replace: [
      [
        '    // A change may be in what was read, and not applied here yet.\n    await this.follow();\n',
        '',
      ],
    ],
    suites: unit,
    isQuick: true,
  },
  {
    name: 'records: what was voided while it was read is held',
    promise: 'RecordMemory: unless one of its tags was among it',
    file: memory,
    replace: [['if (reading.has(id) && this.hold(id, bytes))', 'if (this.hold(id, bytes))']],
    suites: unit,
  },
  {
    name: 'records: a tag drops nothing',
    promise: 'RecordMemory: until one of its tags is applied, which drops it in the same step',
    file: memory,
    replace: [['const isHeld = this.drop(id);', 'const isHeld = this.records.has(id);']],
    suites: unit,
  },
  {
    name: 'records: a tag spares what is held while it is read again',
    promise: 'RecordMemory: until one of its tags is applied, which drops it in the same step',
    file: memory,
    replace: [
      [
        'const isHeld = this.drop(id);\n      const isOurs = this.reading.delete(id) || isHeld;',
        'const isOurs = this.reading.delete(id) || this.drop(id);',
      ],
    ],
    suites: unit,
  },
  {
    name: 'records: they outlive the regions that are made of them',
    promise: 'RecordPolicy.regions: when one of them is voided as a whole, so is all that is held',
    file: memory,
    replace: [['if (regions.some((name) => tags.includes(regionTag(name)))) this.cleared();', '']],
    suites: [...unit, ...catalog],
  },
  {
    name: 'records: they are used when nothing drops them any more',
    promise: 'RecordMemory.stop: nothing is held',
    file: memory,
    replace: [
      [
        'this.isStarted = false;\n    this.drain();',
        'this.isStarted = false;\n    this.wanted.clear();\n    this.reading.clear();',
      ],
    ],
    suites: unit,
  },
  {
    name: 'records: a hundred large ones are encoded in one step',
    promise: 'encodedInSteps: requests have their turn',
    file: 'libs/cache/src/records/encoded-in-steps.ts',
    replace: [['await pause(scheduler, 0);', '']],
    suites: unit,
  },
  {
    name: 'records: they are used beyond the lease',
    promise: 'RecordMemory.find: undefined when the log was not followed within the lease',
    file: memory,
    replace: [['return clock.exactMs() - coherence.followedSinceMs < leaseMs;', 'return true;']],
    suites: unit,
  },
  {
    name: 'records: the verifier is answered from them',
    promise: 'RecordMemory.find: undefined for those who read apart',
    file: memory,
    replace: [
      [
        'if (this.records.size === 0 || currentObserver()?.apart !== undefined) return false;',
        'if (this.records.size === 0) return false;',
      ],
    ],
    suites: unit,
  },
  {
    name: 'records: they are read before the log was followed',
    promise: 'RecordMemory: what is read later misses nothing',
    file: memory,
    replace: [["if (last === '') await this.follow();", '']],
    suites: unit,
  },
  {
    name: 'records: after a clear nothing is read again',
    promise: 'RecordMemory.cleared',
    file: memory,
    replace: [['if (this.isStarted) void unobserved(() => this.fill());', '']],
    suites: unit,
  },
  {
    name: 'records: the budget is not looked at',
    promise: 'RecordMemory: nothing above the budget that it shares with others',
    file: memory,
    replace: [
      ['if (!this.environment.budget.hasRoomFor(bytes.length)) {', 'if (bytes.length < 0) {'],
    ],
    suites: unit,
  },
  {
    name: 'records: a loader does not say that it read nothing else',
    promise: 'RecordMemory.find: a loader whose value is made of nothing else passes its context',
    file: memory,
    replace: [['context?.readMemoryAt(this.environment.coherence.sequence);', '']],
    suites: unit,
  },
  {
    name: 'records: another name outlives its record',
    promise: 'RecordPolicy.aliasOf: which no other has at the same time',
    file: memory,
    replace: [
      [
        'if (alias !== undefined && this.aliases.get(alias)?.toString() === id)',
        'if (id === alias)',
      ],
    ],
    suites: unit,
  },
  {
    name: 'records: what does not exist is told to nobody',
    promise: 'RecordPolicy.onMissing',
    file: memory,
    replace: [['policy.onMissing?.([...reading].filter((id) => !values.has(id)));', '']],
    suites: unit,
  },
  {
    name: 'records: what counts in a block is lost when it is emptied',
    promise: 'PackedRecords: a block of which more than half is dead is emptied into the last one',
    file: packed,
    replace: [['      this.places.move(key, place, this.append(key, value));\n', '']],
    suites: storage,
  },
  {
    name: 'records: blocks are never emptied',
    promise: 'PackedRecords: at most about twice what is in them',
    file: packed,
    replace: [['return live * 2 < end;', 'return live > end;']],
    suites: storage,
  },
  {
    name: 'records: a gap in the table hides what was pushed past it',
    promise: 'ByteTable.remove: what was pushed past the gap comes back',
    file: table,
    replace: [['    this.closeGap(slot);\n', '    this.places[slot] = NONE;\n']],
    suites: storage,
  },
  {
    name: 'records: products that are published later are not held',
    promise: 'ProductRecords: of a product that is published this is all there is to hear',
    file: 'libs/catalog/src/storefront/records/product-records.ts',
    replace: [['isReadWhenNamed: true,', '']],
    suites: catalog,
  },
  {
    name: 'records: prices of another currency are shown',
    promise: 'PriceRecords.list',
    file: 'libs/pricing/src/storefront/price-records.ts',
    replace: [['record?.[storeId]?.[currency];', 'Object.values(record?.[storeId] ?? {})[0];']],
    suites: catalog,
  },
  {
    name: 'records: cards from memory have their fields in another order',
    promise: 'ProductRecords.cards: answers of all replicas are the same to the byte',
    file: 'libs/catalog/src/storefront/records/product-records.ts',
    replace: [
      [
        'return { id, storeId, slug, name, brand, image };',
        'return { id, storeId, slug, brand, image, name };',
      ],
    ],
    suites: catalog,
  },
  {
    name: 'records: cards have the name of the first language',
    promise: 'ProductRecords.cards',
    file: 'libs/catalog/src/storefront/records/product-records.ts',
    replace: [['const name = names[locale] ??', 'const name =']],
    suites: catalog,
  },
  {
    name: 'records: the catalog is read while the replica is not ready',
    promise: 'CatalogMemoryModule: begins when nothing keeps the replica from traffic any more',
    file: 'libs/catalog/src/storefront/records/catalog-memory.module.ts',
    replace: [['      await this.health.allPassed(signal);\n', '']],
    suites: ['libs/catalog/src/storefront/records/catalog-memory.module.spec.ts'],
  },
  {
    name: 'records: a replica that has stopped meanwhile begins to read the catalog',
    promise: 'HealthRegistry.allPassed: throws the reason of the signal',
    file: 'libs/observability/src/health-registry.ts',
    replace: [['      signal.throwIfAborted();\n', '']],
    suites: [
      'libs/observability/src/health-registry.spec.ts',
      'libs/catalog/src/storefront/records/catalog-memory.module.spec.ts',
    ],
  },
];
