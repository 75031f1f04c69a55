const reading = 'libs/cache/src/core/reading';
const whole = `${reading}/whole-reads.ts`;
const moments = `${reading}/read-moments.ts`;
const spec = `${reading}/whole-reads.spec.ts`;
const outputSpec = 'libs/http/src/output/cached-output.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'whole answers: an answer of several states goes out',
    promise: 'WholeReads: all parts of an answer are true at one moment',
    file: moments,
    replace: [['if (from >= to) return false;', '']],
    suites: [spec],
  },
  {
    name: 'whole answers: what is ahead of the log is not confirmed',
    promise: 'WholeReads: the log is followed once more when a part was just loaded',
    file: whole,
    replace: [['        await this.confirm(observer);\n', '']],
    suites: [spec],
  },
  {
    name: 'whole answers: what another has just loaded counts as confirmed',
    promise: 'Entry.readUntilMs: what is held is settled only when the log was followed after it',
    file: `${reading}/cached-reader.ts`,
    replace: [['(this.policy.name, tags, readUntilMs)', '(this.policy.name, tags)']],
    suites: [spec],
  },
  {
    name: 'whole answers: of what was true at one moment only the first part counts',
    promise: 'ReadMoments: parts of one moment are one, with the tags of all',
    file: moments,
    replace: [['last.tags.push(...tags);', 'return;']],
    suites: [spec],
  },
  {
    name: 'whole answers: a change of something else has them made again',
    promise: 'WholeReads: only what concerns a part is between parts',
    file: moments,
    replace: [['journal.firstAfter(sequence, tags)', 'journal.firstAfter(sequence, tags) - 9']],
    suites: [spec],
  },
  {
    name: 'whole answers: a cleared reader is not noticed',
    promise: 'WholeReads: clearing a reader voids what was read through it',
    file: whole,
    replace: [['[...observer.regions].map(regionTag)', '[]']],
    suites: [spec],
  },
  {
    name: 'whole answers: the journal is kept for ever',
    promise: 'WholeReads: nothing is left over',
    file: whole,
    replace: [['      journal.loadEnded();\n', '']],
    suites: [spec],
  },
  {
    name: 'whole answers: what was overtaken is told to who asks as well',
    promise: 'WholeReads: tags are those of the answer that goes out',
    file: whole,
    replace: [
      [
        '        this.stats.repeated += 1;\n',
        '        this.stats.repeated += 1;\n        outer?.noteInner(observer, began);\n',
      ],
    ],
    suites: [spec],
  },
  {
    name: 'whole answers: a list does not say of when it is',
    promise: 'LoadContext.readMemoryAt: a list that was overtaken may still be of one moment',
    file: 'libs/cache/src/core/loads/load.ts',
    replace: [['    this.memoryReadAt = sequence;\n', '']],
    suites: [spec],
  },
  {
    name: 'whole answers: lists from memory are not stale when the log is away',
    promise:
      'CachedReader: memory that cannot be confirmed is served marked stale, and not for ever',
    file: `${reading}/cached-reader.ts`,
    replace: [
      ['(this.isFromMemory || load.startedAtMs < askedAtMs)', '(load.startedAtMs < askedAtMs)'],
    ],
    suites: [spec],
  },
  {
    name: 'whole answers: handlers are run once',
    promise: '@CachedOutput: the handler is run again when a change came between what it read',
    file: 'libs/http/src/output/whole-answer.decorator.ts',
    replace: [['this[CACHE] === undefined ?', 'this[CACHE] !== null ?']],
    suites: [outputSpec],
  },
  {
    name: 'whole answers: what was made again is not stored',
    promise: 'ReadObserver.readSince: what came before the last try does not overtake it',
    file: 'libs/cache/src/core/loads/load.ts',
    replace: [['Math.max(this.startedAt, since)', 'Math.max(this.startedAt, 0)']],
    suites: [outputSpec],
  },
  {
    name: 'whole answers: an error is no answer',
    promise: 'WholeReads: that there is none is of one state, and its tags are told to who asks',
    file: whole,
    replace: [
      [
        'const [result] = await Promise.allSettled([observeReads(observer, work)]);',
        "const result = { status: 'fulfilled', value: await observeReads(observer, work) };",
      ],
    ],
    suites: [spec],
  },
  {
    name: 'whole answers: an outage is followed by more work',
    promise: 'WholeReads: what is out of order is neither confirmed nor tried again',
    file: whole,
    replace: [['error instanceof OperationalError || ', '']],
    suites: [spec],
  },
  {
    name: 'whole answers: are made again for a client that is gone',
    promise: 'WholeReads: nothing is confirmed when nobody waits any more',
    file: whole,
    replace: [[' || audience?.().aborted === true', '']],
    suites: [spec],
  },
  {
    name: 'whole answers: all tries are made at once',
    promise: 'WholeReads: changes that end after a while are outlasted',
    file: whole,
    replace: [['FIRST_PAUSE_MS * 2 ** (tries - 2)', '0']],
    suites: [spec],
  },
  {
    name: 'whole answers: their operations have no parameters',
    promise: 'WholeAnswer: a handler is known by its name',
    file: 'libs/http/src/output/whole-answer.decorator.ts',
    replace: [["    Object.defineProperty(whole, 'name', { value: handler.name });\n", '']],
    suites: ['libs/http/src/output/whole-answer.decorator.spec.ts'],
  },
];
