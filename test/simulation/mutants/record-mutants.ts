import { currentObserver } from '../../../libs/cache/src/core/reading/read-observer.js';
import { RecordMemory } from '../../../libs/cache/src/records/record-memory.js';
import { RecordedReads } from '../../../libs/cache/src/core/reading/recorded-reads.js';
import type { Mutant } from './mutant.js';
import { nothing, replaceMethod } from './replace-method.js';

/** A memory of records, as loaders use it: C2 and C3. */
export const recordMutants: readonly Mutant[] = [
  {
    name: 'a memory of records ignores what it is told of',
    install: () => [replaceMethod(RecordMemory, 'applied', () => () => [])],
  },
  {
    name: 'a memory of records stays when it is not known what was missed',
    install: () => [replaceMethod(RecordMemory, 'cleared', nothing)],
    faults: ['restart', 'unknown version'],
  },
  {
    name: 'a record is held although it was voided while it was read',
    install: () => [
      replaceMethod(RecordMemory, 'applied', (memory, original) => (...parameters) => {
        const reading = memory.reading as Set<string>;
        const before = [...reading];
        const voided = original(...parameters);
        for (const id of before) reading.add(id);
        return voided;
      }),
    ],
    profile: { writeEveryMs: 50 },
  },
  {
    name: 'records are used although the log was not followed within the lease',
    install: () => [
      replaceMethod(RecordMemory, 'mayBeUsed', () => () => currentObserver()?.apart === undefined),
    ],
    faults: ['stall', 'silent partition', 'sql slow'],
  },
  {
    name: 'what a page shows of a record does not say of which state it is',
    install: () => [
      replaceMethod(RecordedReads, 'tryRead', (_reads, original) => (key, id) => original(key, id)),
    ],
    caughtBy: ['C10 whole changes'],
  },
];
