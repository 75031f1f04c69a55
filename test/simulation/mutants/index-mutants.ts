import { Load } from '../../../libs/cache/src/core/loads/load.js';
import { ReadMoments, type ReadMoment } from '../../../libs/cache/src/core/reading/read-moments.js';
import { CachedReader } from '../../../libs/cache/src/core/reading/cached-reader.js';
import { WholeReads } from '../../../libs/cache/src/core/reading/whole-reads.js';
import { IndexedStore } from '../../../libs/search/src/storefront/following/indexed-store.js';
import { IndexedStores } from '../../../libs/search/src/storefront/following/indexed-stores.js';
import { MarkedProducts } from '../../../libs/search/src/storefront/following/marked-products.js';
import { nothing, replaceMethod, type Instance } from './replace-method.js';
import { silentRedis, type Mutant } from './mutant.js';

const NOT_IN_STEP = ['C2 bounded staleness', 'C3 no stale fill', 'C5 read your writes'] as const;
const IN_PART = ['C10 whole changes'] as const;

/** The index of a store, and answers that are made of lists and of what is cached: C2 to C5, and C10. */
export const indexMutants: readonly Mutant[] = [
  {
    name: 'the index ignores what it is told of',
    install: () => [replaceMethod(IndexedStores, 'applied', () => () => [])],
    caughtBy: [...NOT_IN_STEP, ...IN_PART, 'verification'],
  },
  {
    name: 'the index hears of a change, and lists are not voided',
    install: () => [
      replaceMethod(IndexedStores, 'applied', (_stores, original) => (tags) => {
        original(tags);
        return [];
      }),
    ],
    caughtBy: [...NOT_IN_STEP, ...IN_PART, 'verification'],
  },
  {
    name: 'a search does not wait for what the index was told of',
    install: () => [
      replaceMethod(IndexedStore, 'ready', (store, original) => (...parameters) => {
        const index = store.index as { readonly size: number };
        return index.size > 0 ? Promise.resolve(index) : original(...parameters);
      }),
    ],
    caughtBy: [...NOT_IN_STEP, ...IN_PART],
  },
  {
    name: 'what the index has read is not confirmed by the log',
    seed: 19,
    install: () => [
      replaceMethod(IndexedStore, 'refresh', (store, original) => (...parameters) => {
        withoutFollow(store);
        return original(...parameters);
      }),
    ],
    caughtBy: IN_PART,
  },
  {
    name: 'the index shows what it could read of a transaction',
    install: () => [
      replaceMethod(MarkedProducts, 'settle', ({ groups }) => () => {
        return new Set((groups as ReadonlyMap<string, unknown>).keys());
      }),
    ],
    caughtBy: IN_PART,
    profile: { writeEveryMs: 50 },
  },
  {
    name: 'a store is shown before what changed while it was loaded',
    install: () => [
      replaceMethod(
        IndexedStore,
        'refresh',
        (store, original) =>
          (...parameters) =>
            store.isReloading === true ? Promise.resolve(true) : original(...parameters),
      ),
    ],
    faults: ['restart', 'unknown version'],
    profile: { writeEveryMs: 50 },
  },
  {
    name: 'a list is taken for one of the moment at which it was asked for',
    install: () => [
      replaceMethod(Load, 'readMemoryAt', (load, original) => () => {
        const { sequence } = load.coherence as { readonly sequence: number };
        return original(sequence);
      }),
    ],
    profile: { writeEveryMs: 50 },
    caughtBy: IN_PART,
  },
  {
    name: 'an answer is made only once',
    install: () => [replaceMethod(ReadMoments, 'areOne', () => () => true)],
    caughtBy: IN_PART,
  },
  {
    name: 'an answer of new parts is not confirmed by the log',
    install: () => [replaceMethod(WholeReads, 'confirm', () => () => Promise.resolve())],
    caughtBy: IN_PART,
    profile: { redis: silentRedis },
  },
  {
    name: 'a part that may be ahead of the log is taken for settled',
    install: () => [
      replaceMethod(
        ReadMoments,
        'note',
        (_moments, original) => (moment) =>
          original({ ...(moment as ReadMoment), isSettled: true }),
      ),
    ],
    caughtBy: IN_PART,
  },
  {
    name: 'a part that something ran into is taken for true',
    install: () => [replaceMethod(ReadMoments, 'noteUnknown', nothing)],
    caughtBy: IN_PART,
  },
  {
    name: 'lists are not marked stale when the log cannot be followed',
    install: () => [
      replaceMethod(
        CachedReader,
        'serveLoaded',
        (_reader, original) => (outcome) => original(outcome, false),
      ),
    ],
    faults: ['replica cut off sql', 'stall'],
  },
];

function withoutFollow(store: Instance): void {
  store.ports = { ...(store.ports as object), follow: () => Promise.resolve() };
}
