const codec = 'libs/cache/src/key-codec.ts';
const codecSpec = 'libs/cache/src/key-codec.spec.ts';
const reader = 'libs/cache/src/core/reading/cached-reader.ts';
const reading = 'libs/cache/src/core/reading';
const recordedReadsSpec = `${reading}/recorded-reads.spec.ts`;
const suites = [`${reading}/cached-reader.spec.ts`];
const promise = 'CachedReader: every read throws inside a unit of work';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'a refresh in the background is noted as the read of who made it run',
    promise: 'unobserved: what it reads is noted nowhere',
    file: 'libs/cache/src/core/reading/read-observer.ts',
    replace: [['return storage.run(undefined, work);', 'return work();']],
    suites: ['libs/cache/src/core/reading/timed-refresh.spec.ts'],
  },
  {
    name: 'a cached reader answers inside a unit of work',
    promise,
    file: reader,
    replace: [
      ['if (!this.environment.writes.isUnderWay) return;', 'if (this.leaseMs > 0) return;'],
    ],
    suites,
    isQuick: true,
  },
  ...['get(key: Key): MaybePromise<Value | undefined>', 'peek(key: Key): Value | undefined'].map(
    (head) => ({
      name: `a cached reader answers ${head.slice(0, head.indexOf('('))} inside a unit of work`,
      promise,
      file: reader,
      replace: [[`  ${head} {\n    this.assertOutsideUnitOfWork();\n`, `  ${head} {\n`]],
      suites,
      isQuick: true,
    }),
  ),
  {
    name: 'a cached reader joins an overtaken load',
    promise: 'docs/cache-coherence.md C3: nobody joins a voided load',
    file: 'libs/cache/src/core/loads/load.ts',
    replace: [
      [
        '    if (isFirst) this.events.doomed(this);\n',
        '    if (!isFirst) this.events.doomed(this);\n',
      ],
    ],
    suites,
  },
  {
    name: 'a cached reader loads a key once for each who asks',
    promise: 'docs/cache-coherence.md C4: concurrent misses on a key share one load',
    file: 'libs/cache/src/core/loads/load-registry.ts',
    replace: [
      ['if (present === undefined) return', 'if (present === undefined || id !== "") return'],
    ],
    suites,
    isQuick: true,
  },
  {
    name: 'a cached reader runs any number of loads of a key',
    promise: 'docs/cache-coherence.md C4: at most two loads of a key run at once',
    file: 'libs/cache/src/core/loads/load-registry.ts',
    replace: [['const MAX_LOADS_PER_KEY = 2;', 'const MAX_LOADS_PER_KEY = 2_000;']],
    suites,
    isQuick: true,
  },
  {
    name: 'a cached reader trusts what it holds for ever',
    promise: 'docs/cache-coherence.md C2: a hit is trusted only within the lease',
    file: reader,
    replace: [
      [
        'if (now - coherence.followedSinceMs >= this.leaseMs) return undefined;',
        'if (coherence.followedSinceMs < -1e15) return undefined;',
      ],
    ],
    suites: [`${reading}/cached-reader-staleness.spec.ts`],
    isQuick: true,
  },
  {
    name: 'a cached reader hands out values that can be changed',
    promise: 'docs/cache-coherence.md C9: what the cache hands out is deeply frozen',
    file: 'libs/cache/src/core/loads/load-registry.ts',
    replace: [['deepFreeze(await loading)', '((loaded) => (deepFreeze, loaded))(await loading)']],
    suites,
    isQuick: true,
  },
  {
    name: 'a cached reader does not freeze what lies inside something frozen',
    promise: 'docs/cache-coherence.md C9: what the cache hands out is deeply frozen',
    file: 'libs/cache/src/core/entries/deep-freeze.ts',
    replace: [['if (seen.has(value)) return;', 'if (Object.isFrozen(value)) return;']],
    suites,
    isQuick: true,
  },
  {
    name: 'one replica with a damaged status hides the fleet',
    promise: 'ReplicaList.list: a status that cannot be read is passed over',
    file: 'libs/fleet/src/replicas/replica-list.ts',
    replace: [['      return undefined;\n    }\n  }\n', '      throw err;\n    }\n  }\n']],
    suites: ['libs/fleet/src/replicas/replica-registry.int-spec.ts'],
  },
  {
    name: 'a replica with a damaged status is not counted',
    promise: 'ReplicaList.list: a status that cannot be read is counted',
    file: 'libs/fleet/src/replicas/replica-list.ts',
    replace: [['rows.length - records.length', 'rows.length - rows.length']],
    suites: ['libs/fleet/src/replicas/replica-registry.int-spec.ts'],
  },
  {
    name: 'a key codec forgets how names in a record are ordered',
    promise: 'libs/cache/README.md: equal keys have equal texts',
    file: 'libs/cache/src/key-codec.ts',
    replace: [['        .sort(([one], [other]) => (one < other ? -1 : 1)),', '        .slice(),']],
    suites: ['libs/cache/src/key-codec.spec.ts'],
  },
  {
    name: 'a key codec answers a key for a text that is not its own',
    promise: 'libs/cache/README.md: a text of another release leads nowhere',
    file: 'libs/cache/src/key-codec.ts',
    replace: [['return textOf(key) === text ? key : undefined;', 'return key;']],
    suites: ['libs/cache/src/key-codec.spec.ts'],
    isQuick: true,
  },
  {
    name: 'a key codec writes what is null as if it were missing',
    promise: 'libs/cache/README.md: different keys have different texts',
    file: 'libs/cache/src/key-codec.ts',
    replace: [
      [
        'if (z.safeParse(schema, null).success) {',
        'if (z.safeParse(schema, null).success && false) {',
      ],
    ],
    suites: ['libs/cache/src/key-codec.spec.ts'],
  },
  {
    name: 'cache: what is optional is left out of the text of a key',
    promise: 'KeyCodec: different keys have different texts',
    file: codec,
    replace: [['value === undefined ? null : write(value)', 'value === undefined ? null : 0']],
    suites: [codecSpec],
  },
  {
    name: 'cache: keys that mean the same have texts of their own',
    promise: 'jsonKey: canonical makes one of the keys that mean the same',
    file: codec,
    replace: [['write(canonical(key))', 'write(key)']],
    suites: [codecSpec],
  },
  {
    name: 'cache: the code of an announcement is one hash',
    promise: 'TextHmac: HMAC-SHA256, as RFC 2104 makes it of two hashes',
    file: 'libs/cache/src/core/publishing/text-hmac.ts',
    replace: [
      [
        "return hash(ALGORITHM, SCRATCH.subarray(0, BLOCK_BYTES + DIGEST_BYTES), 'base64url')",
        "return hash(ALGORITHM, this.paddedText(text), 'base64url')",
      ],
    ],
    suites: ['libs/cache/src/core/publishing/text-hmac.spec.ts'],
  },
  {
    name: 'cache: the code of a long announcement is that of its beginning',
    promise: 'TextHmac: the code of a text',
    file: 'libs/cache/src/core/publishing/text-hmac.ts',
    replace: [['const MAX_BYTES_PER_UNIT = 3;', 'const MAX_BYTES_PER_UNIT = 0;']],
    suites: ['libs/cache/src/core/publishing/text-hmac.spec.ts'],
  },
  {
    name: 'cache: an announcement is heard without its code',
    promise: 'AnnouncementSeal: tells the announcements of this installation from everything else',
    file: 'libs/cache/src/core/publishing/announcement-seal.ts',
    replace: [['return this.isCode(code, WIRE_VERSION, body) ?', "return code !== '' ?"]],
    suites: ['libs/cache/src/core/publishing/announcement-seal.spec.ts'],
  },
  {
    name: 'cache: an announcement of another release needs no code',
    promise: 'AnnouncementSeal: a message of another release is known to be one of ours',
    file: 'libs/cache/src/core/publishing/announcement-seal.ts',
    replace: [
      [
        "isSealed ? 'unknown version' : 'forged'",
        "isSealed || true ? 'unknown version' : 'forged'",
      ],
    ],
    suites: ['libs/cache/src/core/publishing/announcement-seal.spec.ts'],
  },
  {
    name: 'cache: what a list is made of in memory is held at once',
    promise: 'RecordedReads: what was not asked for lately is made of records, and not held',
    file: `${reading}/recorded-reads.ts`,
    replace: [['|| !this.asks.isFirst(id)', '|| this.asks.isFirst(id)']],
    suites: [recordedReadsSpec],
  },
  {
    name: 'cache: what a list is made of in memory is never held',
    promise: 'RecordedReads: what is asked for again is held',
    file: `${reading}/recorded-reads.ts`,
    replace: [['|| !this.asks.isFirst(id)', '|| this.asks === undefined']],
    suites: [recordedReadsSpec],
  },
  {
    name: 'cache: an answer made of records in memory carries no tags of theirs',
    promise: 'RecordedReads: it is a hit under the tags of its key',
    file: `${reading}/recorded-reads.ts`,
    replace: [['observer.noteHit(name, carried);', 'observer.noteHit(name, []);']],
    suites: [recordedReadsSpec],
  },
  {
    name: 'cache: it is not known when what a list is made of was true',
    promise: 'RecordedReads: it is of the state that the invalidations applied here make',
    file: `${reading}/recorded-reads.ts`,
    replace: [
      [
        'observer.moments?.note({ tags: carried, sequence, isSettled: true });',
        'observer.moments?.note({ tags: [], sequence, isSettled: true });',
      ],
    ],
    suites: [recordedReadsSpec],
  },
  {
    name: 'cache: what is missing in a list is put in the first places',
    promise: 'CachedReader.getMany: one place per key, in order',
    file: reader,
    replace: [['values[place] = read[next++];', 'values[next] = read[next++], void place;']],
    suites: [recordedReadsSpec],
  },
];
