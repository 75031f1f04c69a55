import { IndexedStore } from '../../../libs/search/src/storefront/following/indexed-store.js';
import {
  IndexKeeper,
  type KeeperPorts,
} from '../../../libs/search/src/storefront/keeping/index-keeper.js';
import { NOT_IN_STEP, type Mutant } from './mutant.js';
import { replaceMethod } from './replace-method.js';

/** Long enough for what a later process follows to begin behind what an earlier one has kept. */
const LONG = { durationMs: 16_000, keepEveryMs: 500, writeEveryMs: 150, copyLagMs: undefined };

/** Indexes that outlive the process that has made them: C2 to C5, and C10. */
export const keptIndexMutants: readonly Mutant[] = [
  {
    name: 'of what an index was kept of is not looked at',
    install: () => [replaceMethod(IndexKeeper, 'rowsSince', () => () => Promise.resolve([]))],
    faults: ['restart'],
    profile: LONG,
    caughtBy: NOT_IN_STEP,
  },
  {
    name: 'an index goes on although everything was voided since',
    install: () => [
      replaceMethod(IndexKeeper, 'rowsSince', (_keeper, original) => async (...parameters) => {
        const rows = (await original(...parameters)) as (readonly string[])[];
        return rows.filter((tags) => !tags.includes('*'));
      }),
    ],
    faults: ['restart', 'restore'],
    profile: LONG,
    caughtBy: NOT_IN_STEP,
  },
  {
    name: 'an index is kept although something is missing in it',
    install: () => [
      replaceMethod(IndexedStore, 'frozen', ({ store, index }) => () => {
        if (store === undefined) return undefined;
        return { store, segments: (index as { frozen(): unknown }).frozen() };
      }),
    ],
    faults: ['restart', 'sql slow'],
    profile: { ...LONG, writeEveryMs: 60 },
    caughtBy: NOT_IN_STEP,
  },
  {
    name: 'an index is kept for the result of rows that are yet to come',
    seed: 18,
    install: () => [
      replaceMethod(IndexKeeper, 'keep', (keeper, original) => (...parameters) => {
        const ports = keeper.ports as KeeperPorts;
        keeper.ports = { ...ports, watermark: () => ports.watermark() + 3 };
        return (original(...parameters) as Promise<void>).finally(() => {
          keeper.ports = ports;
        });
      }),
    ],
    faults: ['restart', 'replica cut off sql'],
    profile: { ...LONG, writeEveryMs: 60 },
    caughtBy: NOT_IN_STEP,
  },
];
