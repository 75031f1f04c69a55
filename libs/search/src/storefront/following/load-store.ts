import { StoreIndex } from '../../model/index/store-index.js';
import { buildingInSteps, type IndexBuilding } from '../building/index-building.js';
import type { FollowingPorts } from './following-ports.js';
import { languagesOf, type IndexSource, type SourceStore } from './index-source.js';

const PAGE_SIZE = 1_000;

type LoadPorts = Pick<FollowingPorts, 'signal' | 'timing' | 'build' | 'loadBeside'>;

/** An index that has been loaded, or gone on with. */
export interface LoadedStore {
  readonly index: StoreIndex;
  /** Products that have changed since it was made, by transaction. */
  readonly missed: readonly (readonly string[])[];
}

/** Of a store that is not there. */
export const NO_STORE = new StoreIndex([]);

/**
 * An index of all published products of a store. It is read in pages, so a change that is committed
 * meanwhile may be in one of them and not in another. Throws what the source throws, what `admit` throws about the bytes that
 * it takes, and the reason of the signal.
 */
export async function loadStore(
  source: IndexSource,
  store: SourceStore,
  { signal, timing, build, loadBeside }: LoadPorts,
  admit: (bytes: number) => void,
): Promise<StoreIndex> {
  const languages = languagesOf(store);
  const inSteps = buildingInSteps(timing);
  let building: IndexBuilding | undefined;
  const segments = await loadBeside?.(store, signal, admit);
  if (segments !== undefined) return new StoreIndex(languages, segments);
  let next = source.page(store, '', PAGE_SIZE);
  try {
    for (;;) {
      const products = await next;
      signal.throwIfAborted();
      const last = products.length < PAGE_SIZE ? undefined : products.at(-1);
      // The next page is read while this one is taken in.
      if (last !== undefined) next = source.page(store, last.id, PAGE_SIZE);
      next.catch(() => undefined); // Heard of when it is awaited.
      // What is one page is made sooner than a thread for it.
      const begin = last === undefined ? inSteps : (build ?? inSteps);
      building ??= begin(languages, signal);
      await building.add(products);
      admit(building.bytes);
      if (last === undefined) return new StoreIndex(languages, await building.finish());
    }
  } finally {
    building?.end();
  }
}

/**
 * The index of a store, which may not be there: the one that an earlier process has left, when there may be one, or
 * else all of its products. Throws as {@link loadStore}.
 */
export async function openStore(
  code: string,
  store: SourceStore | undefined,
  ports: FollowingPorts,
  options: { readonly mayRevive: boolean; readonly admit: (bytes: number) => void },
): Promise<LoadedStore> {
  if (store === undefined) return { index: NO_STORE, missed: [] };
  const { mayRevive, admit } = options;
  const revived = mayRevive ? await ports.revive?.(code, store) : undefined;
  const opened = revived ?? {
    index: await loadStore(ports.source, store, ports, admit),
    missed: [],
  };
  admit(opened.index.bytes);
  return opened;
}
