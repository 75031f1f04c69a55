import { CachedReader } from '../../../libs/cache/src/core/reading/cached-reader.js';
import { InvalidationJournal } from '../../../libs/cache/src/core/loads/invalidation-journal.js';
import { LoadRegistry } from '../../../libs/cache/src/core/loads/load-registry.js';
import { Load, type LoadOutcome } from '../../../libs/cache/src/core/loads/load.js';
import { StaleAnswers } from '../../../libs/cache/src/core/reading/stale-answers.js';
import { EntryVerifier } from '../../../libs/fleet/src/verification/entry-verifier.js';
import type { SampledEntry } from '../../../libs/cache/src/core/entries/sampled-entry.js';
import { nothing, replaceMethod, methodOf, type Call, type Instance } from './replace-method.js';
import { silentRedis, type Mutant } from './mutant.js';

type Outcome = { -readonly [Name in keyof LoadOutcome<unknown>]: LoadOutcome<unknown>[Name] };

/** What is stored of a load, and what its waiters are given, made different from each other. */
const changeOutcome = (change: (stored: Outcome, answered: Outcome) => void): (() => void) =>
  replaceMethod(Load, 'succeed', (_load, original) => (...parameters) => {
    const answered = original(...parameters) as Outcome | undefined;
    if (answered === undefined) return undefined;
    const stored = { ...answered };
    change(stored, answered);
    return stored;
  });

/** An invalidation is noted, but readers that come later may still join. */
const stayJoinable = (load: Instance): Call => {
  return (sequence) => {
    load.firstInvalidation = Math.min(load.firstInvalidation as number, sequence as number);
  };
};

/** Loads and what is stored of them: C2 to C4. */
export const loadMutants: readonly Mutant[] = [
  {
    name: 'no fence: an overtaken load is stored',
    install: () => [
      changeOutcome((stored) => {
        stored.invalidatedAt = Infinity;
      }),
    ],
  },
  {
    name: 'an overtaken load is joined',
    install: () => [
      replaceMethod(Load, 'invalidated', stayJoinable),
      changeOutcome((_stored, answered) => {
        answered.invalidatedAt = Infinity;
      }),
    ],
  },
  {
    name: 'tags known after the load are not checked',
    install: () => [replaceMethod(InvalidationJournal, 'firstAfter', () => () => Infinity)],
  },
  {
    name: 'the journal forgets when any load ends',
    install: () => [
      replaceMethod(InvalidationJournal, 'loadEnded', (journal) => () => {
        journal.loadsUnderWay = (journal.loadsUnderWay as number) - 1;
        methodOf(journal, 'forgetDetails')();
      }),
    ],
  },
  {
    name: 'clearing forgets the loads under way',
    install: () => [
      replaceMethod(LoadRegistry, 'doomAll', nothing),
      replaceMethod(InvalidationJournal, 'recordClear', nothing),
    ],
    faults: ['unknown version'],
  },
  {
    name: 'a value built from stale parts is stored as fresh',
    install: () => [
      changeOutcome((stored) => {
        stored.isStale = false;
      }),
    ],
    faults: ['loader broken', 'replica cut off sql'],
  },
  {
    name: 'a doubtful join is not marked stale',
    seed: 22,
    install: () => [
      replaceMethod(CachedReader, 'serveLoaded', (_reader, original) => (outcome) => {
        return original(outcome, false);
      }),
    ],
    faults: ['sql slow', 'replica cut off sql'],
    profile: { readEveryMs: 40, writeEveryMs: 150, redis: silentRedis, slowShare: 0.1 },
  },
  {
    name: 'a load is joined without a lease',
    install: () => [
      replaceMethod(StaleAnswers, 'confirmLease', (answers, original) => (id, leaseMs) => {
        const held = methodOf(answers.region, 'get')(id);
        return held === undefined ? Promise.resolve({ isConfirmed: true }) : original(id, leaseMs);
      }),
    ],
    faults: ['stall', 'sql slow'],
  },
  {
    name: 'a difference from the database counts at once',
    install: () => [
      replaceMethod(EntryVerifier, 'compare', () => async (entry, signal) => {
        const isSame = await (entry as SampledEntry).agreesWithDatabase(signal as AbortSignal);
        return isSame ? 'same' : 'different';
      }),
    ],
  },
  {
    name: 'the log is not followed after a difference from the database',
    install: () => [
      replaceMethod(EntryVerifier, 'outlivesFollow', () => (entry) => {
        return Promise.resolve((entry as SampledEntry).isHeld);
      }),
    ],
  },
  {
    name: 'every reader loads for itself',
    install: () => [
      replaceMethod(LoadRegistry, 'currentOrStart', (registry, original) => (key, id) => {
        methodOf(registry.current, 'delete')(id);
        return original(key, id);
      }),
    ],
  },
  {
    name: 'any number of loads of a key may run',
    install: () => [
      replaceMethod(LoadRegistry, 'register', (registry, original) => (key, id) => {
        methodOf(registry.running, 'delete')(id);
        return original(key, id);
      }),
    ],
  },
];
