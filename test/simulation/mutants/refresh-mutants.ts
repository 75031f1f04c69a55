import type { LoadRegistry } from '../../../libs/cache/src/core/loads/load-registry.js';
import type { LoadOutcome } from '../../../libs/cache/src/core/loads/load.js';
import { TimedRefresh } from '../../../libs/cache/src/core/reading/timed-refresh.js';
import { methodOf, replaceMethod, type Instance } from './replace-method.js';
import type { Mutant } from './mutant.js';

type Registry = LoadRegistry<unknown, unknown>;
type Begin = Registry['begin'];

/** The loads that an order to refresh begins, and no others, begin in another way. */
const changeBegin = (change: (registry: Registry) => Begin): (() => void) =>
  replaceMethod(TimedRefresh, 'refresh', (refresh, original) => () => {
    const reader = refresh.reader as { readonly loads: Registry };
    const { loads } = reader;
    refresh.reader = {
      ...reader,
      loads: {
        get hasRoom() {
          return loads.hasRoom;
        },
        begin: change(loads),
        whenOneEnds: (id: string) => loads.whenOneEnds(id),
      },
    };
    return (original() as Promise<void>).finally(() => {
      refresh.reader = reader;
    });
  });

const currentOf = (registry: Registry): Map<string, Instance> =>
  (registry as unknown as Instance).current as Map<string, Instance>;

/** Refreshing on order: C3 and C4. */
export const refreshMutants: readonly Mutant[] = [
  {
    name: 'a refresh that was overtaken is stored',
    install: () => [
      changeBegin((registry) => (key, id) => {
        const hasBegun = registry.begin(key, id);
        const load = currentOf(registry).get(id);
        if (!hasBegun || load === undefined) return hasBegun;
        const succeed = methodOf(load, 'succeed');
        load.succeed = (...parameters: unknown[]) => {
          const outcome = succeed(...parameters) as LoadOutcome<unknown> | undefined;
          return outcome === undefined ? undefined : { ...outcome, invalidatedAt: Infinity };
        };
        return true;
      }),
    ],
  },
  {
    name: 'a refresh does not care whether a load is under way',
    seed: 30,
    install: () => [
      changeBegin((registry) => (key, id) => {
        currentOf(registry).delete(id);
        return registry.begin(key, id);
      }),
    ],
    // Somebody must be loading when the order comes.
    profile: { orderEveryMs: 100, readEveryMs: 40, slowShare: 0.15 },
  },
];
