const course = ['test/support/memory-growth.spec.ts'];

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'soak: what warms up counts as a leak',
    promise: 'memoryGrowth: what once rose and then stays does not show',
    file: 'test/support/memory-growth.ts',
    replace: [['const WARM_UP_SHARE = 1 / 3;', 'const WARM_UP_SHARE = 0;']],
    suites: course,
    isQuick: true,
  },
  {
    name: 'soak: native memory may leak',
    promise: 'memoryGrowth: a leak of any kind shows as its rate',
    file: 'test/support/memory-growth.ts',
    replace: [[' || residentMibPerMinute > MAX_PER_MINUTE', ' && residentMibPerMinute !== 0']],
    suites: course,
    isQuick: true,
  },
  {
    name: 'soak: a mebibyte a minute is no leak',
    promise: 'isLeaking: memory rises by more than a replica that runs for weeks can bear',
    file: 'test/support/memory-growth.ts',
    replace: [['const MAX_PER_MINUTE = 0.5;', 'const MAX_PER_MINUTE = 1.5;']],
    suites: course,
    isQuick: true,
  },
  {
    name: 'soak: garbage is held',
    promise: 'memoryHeld: garbage has been collected, all of it',
    file: 'test/support/replica-inspector.ts',
    replace: [["    await this.session.send('HeapProfiler.collectGarbage');\n", '']],
    suites: ['test/support/replica-inspector.int-spec.ts'],
  },
];
