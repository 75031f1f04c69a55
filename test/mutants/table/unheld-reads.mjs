const reading = 'libs/cache/src/core/reading';
const unheld = `${reading}/unheld-reads.ts`;
const spec = `${reading}/unheld-reads.spec.ts`;

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'unheld reads: nothing is ever held',
    promise: 'isHeldWhenAskedAgain: who asks again has it held',
    file: `${reading}/first-asks.ts`,
    replace: [['    if (this.marks[slot] === mark) return false;\n', '']],
    suites: [spec],
  },
  {
    name: 'unheld reads: everything is held at once',
    promise: 'isHeldWhenAskedAgain: keys that come once cost no entry',
    file: unheld,
    replace: [['!this.asks.isFirst(id)', 'this.asks.isFirst(id)']],
    suites: [spec],
  },
  {
    name: 'unheld reads: a load under way is not joined',
    promise: 'UnheldReads: what is being loaded is waited for (C4)',
    file: unheld,
    replace: [[' || loads.isUnderWay(id)', '']],
    suites: [spec],
  },
  {
    name: 'unheld reads: the answer does not learn their tags',
    promise: 'UnheldReads: the answer carries the tags of its parts (C3)',
    file: unheld,
    replace: [['      this.observer.tags.add(tag);\n', '']],
    suites: [spec],
  },
  {
    name: 'unheld reads: the answer does not learn when they were true',
    promise: 'UnheldReads: the answer is of one state, or made again (C10)',
    file: unheld,
    replace: [['    if (isKnown) moments.note(', '    if (!isKnown) moments.note(']],
    suites: [spec],
  },
  {
    name: 'unheld reads: what was changed meanwhile counts as of now',
    promise: 'UnheldReads: what does not say of when it is must not have been changed meanwhile',
    file: unheld,
    replace: [
      [
        'memoryReadAt !== undefined || coherence.journal.firstAfter(startedAt, tags) === Infinity',
        'true',
      ],
    ],
    suites: [spec],
  },
  {
    name: 'unheld reads: are not stale when the log is away',
    promise:
      'UnheldReads: memory that cannot be confirmed is served marked stale, and not for ever (C2)',
    file: unheld,
    replace: [['    if (!isConfirmed) {', '    if (isConfirmed) {']],
    suites: [spec],
  },
  {
    name: 'unheld reads: are made for clients that are gone',
    promise: 'UnheldReads: nothing is worked out when nobody waits any more',
    file: unheld,
    replace: [['    observer.audience?.().throwIfAborted();\n', '']],
    suites: [spec],
  },
  {
    name: 'unheld reads: what is read for an answer of no state is not held either',
    promise: 'UnheldReads: only for answers whose moments are noted',
    file: unheld,
    replace: [
      [
        'const moments = observer?.moments;',
        'const moments = observer?.moments ?? ({ note: () => undefined, noteUnknown: () => undefined } as never);',
      ],
    ],
    suites: [spec],
  },
  {
    name: 'unheld reads: what is made of a part that nobody asked for before is held',
    promise: 'Region: what is made of an unheld part costs no entry',
    file: 'libs/cache/src/core/entries/region.ts',
    replace: [['    if (outcome.hasUnheld) return;\n', '']],
    suites: ['libs/cache/src/core/reading/unheld-reads.spec.ts'],
    isQuick: true,
  },
  {
    name: 'unheld reads: what is loaded ahead is not held',
    promise: 'ReaderUpkeep.warm: what is read is held although nobody asked for it before',
    file: `${reading}/reader-upkeep.ts`,
    replace: [['    observer.isAhead = true;\n', '']],
    suites: [spec],
  },
];
