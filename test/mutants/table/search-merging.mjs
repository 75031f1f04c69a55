const search = 'libs/search/src';
const merging = `${search}/storefront/merging/segment-merging.ts`;
const mergingSpec = `${search}/storefront/merging/segment-merging.spec.ts`;
const thread = `${search}/storefront/merging/thread-merger.ts`;
const threadSpec = `${search}/storefront/merging/thread-merger.int-spec.ts`;
const pending = `${search}/model/index/pending-merge.ts`;
const meanwhileSpec = `${search}/storefront/following/merging-meanwhile.spec.ts`;
const stemsSpec = `${search}/model/index/stem-groups.spec.ts`;
const stepsSpec = `${search}/model/index/in-steps.int-spec.ts`;

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'merging: many products are merged by the event loop',
    promise: 'SegmentMerging: merges in a thread, and few products in steps',
    file: merging,
    replace: [['merge.size < THREAD_FROM_PRODUCTS', 'merge.size < Infinity']],
    suites: [mergingSpec],
  },
  {
    name: 'merging: a thread that fails leaves segments unmerged',
    promise: 'SegmentMerging: what the thread was at is merged in steps',
    file: merging,
    replace: [["return this.inSteps(merge, signal, 'fallback');", 'throw err;']],
    suites: [mergingSpec],
  },
  {
    name: 'merging: a thread that fails is logged each time',
    promise: 'SegmentMerging: logged when it begins',
    file: merging,
    replace: [['this.isFailing = true;', '']],
    suites: [mergingSpec],
  },
  {
    name: 'merging: a replica that stops merges in steps',
    promise: 'SegmentMerger: throws the reason of the signal',
    file: merging,
    replace: [['      signal.throwIfAborted();\n', '']],
    suites: [mergingSpec],
  },
  {
    name: 'merging: a thread that dies is waited for',
    promise: 'ThreadMerger: throws when the thread is lost, for every merge it was given',
    file: thread,
    replace: [['      reply.reject(error);\n', '']],
    suites: [threadSpec],
  },
  {
    name: 'merging: a thread may take as long as it likes',
    promise: 'MergeThreadLimits.timeoutMs: for one merge',
    file: thread,
    replace: [['      }, timeoutMs),', '      }, 2 ** 30),']],
    suites: [threadSpec],
  },
  {
    name: 'merging: a thread with nothing to do keeps its memory',
    promise: 'MergeThreadLimits.idleMs: it gives its memory back',
    file: thread,
    replace: [['this.idle = setTimeout(() => void this.stop(), this.limits.idleMs);', 'return;']],
    suites: [threadSpec],
  },
  {
    name: 'merging: a thread takes what memory there is',
    promise: 'MergeThreadLimits.heapMiB: of its heap',
    file: thread,
    replace: [['maxOldGenerationSizeMb: this.limits.heapMiB', '']],
    suites: [threadSpec],
  },
  {
    name: 'merging: the products that go are taken for others',
    promise: 'PendingMerge: what changes meanwhile is not lost',
    file: pending,
    replace: [['        number += 1;\n', '']],
    suites: [meanwhileSpec],
  },
  {
    name: 'merging: a replica that stops waits for a merge',
    promise: 'SegmentMerger.merged: throws the reason of the signal',
    file: `${search}/storefront/following/indexed-store.ts`,
    replace: [
      [
        'dueMerge(), this.ports)',
        'dueMerge(), { ...this.ports, signal: new AbortController().signal })',
      ],
    ],
    suites: [meanwhileSpec],
  },
  {
    name: 'merging: a step goes through all products',
    promise: 'inSteps: a thousand in a step',
    file: `${search}/model/index/in-steps.ts`,
    replace: [['export const ROWS_PER_STEP = 1_000;', 'export const ROWS_PER_STEP = Infinity;']],
    suites: [stepsSpec],
  },
  {
    name: 'merging: a step goes through all terms',
    promise: 'mergeSegments: in short steps',
    file: `${search}/model/index/merge-segments.ts`,
    replace: [['const ITEMS_PER_STEP = 5_000;', 'const ITEMS_PER_STEP = Infinity;']],
    suites: [stepsSpec],
  },
  {
    name: 'merging: a step looks up all products that go',
    promise: 'gravesOf: looks the products up in steps',
    file: `${search}/model/index/graves.ts`,
    replace: [['const LOOK_UPS_PER_STEP = 200;', 'const LOOK_UPS_PER_STEP = Infinity;']],
    suites: [stepsSpec],
  },
  {
    name: 'merging: words of products that are gone have a stem',
    promise: 'mergedStemGroups: what stemming the new dictionary makes',
    file: `${search}/model/index/stem-groups.ts`,
    replace: [['if (term === NO_TERM) return;', '']],
    suites: [stemsSpec],
  },
  {
    name: 'merging: a word that is gone is taken for the one behind it',
    promise: 'mergeSegments: a term that only products have that are left out has no number',
    file: `${search}/model/index/merge-segments.ts`,
    replace: [['if (terms[term] === number) terms[term] = NO_TERM;', '']],
    suites: [stemsSpec],
  },
];
