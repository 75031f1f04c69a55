import { SegmentBuilder } from '../../model/index/segment-builder.js';
import { StoreIndex } from '../../model/index/store-index.js';
import { languageOf, type Language } from '../../model/text/language.js';
import type { FollowingPorts } from './following-ports.js';
import type { IndexSource, SourceStore } from './index-source.js';
import { runStepwise } from './run-stepwise.js';

const PAGE_SIZE = 1_000;
/** Products that are made a segment together; what a larger store has several of is merged at the end. */
const SEGMENT_SIZE = 100_000;

/** An index that has been loaded, or gone on with. */
export interface LoadedStore {
  readonly index: StoreIndex;
  /** Products that have changed since it was made, by transaction. */
  readonly missed: readonly (readonly string[])[];
}

/** Those of which more is known than letters, of the languages of a store. */
export function languagesOf({ locales }: Pick<SourceStore, 'locales'>): Language[] {
  return [...new Set(locales.flatMap((locale) => languageOf(locale) ?? []))];
}

/**
 * An index of all published products of a store. It is read in pages, so a change that is committed
 * meanwhile may be in one of them and not in another. Throws what the source throws, and the reason of the signal.
 */
export async function loadStore(
  source: IndexSource,
  store: SourceStore,
  { signal, timing }: Pick<FollowingPorts, 'signal' | 'timing'>,
): Promise<StoreIndex> {
  const languages = languagesOf(store);
  const index = new StoreIndex(languages);
  let builder = new SegmentBuilder(languages);
  let next = source.page(store, '', PAGE_SIZE);
  for (;;) {
    const products = await next;
    signal.throwIfAborted();
    const last = products.length < PAGE_SIZE ? undefined : products.at(-1);
    // The next page is read while this one is taken in.
    if (last !== undefined) next = source.page(store, last.id, PAGE_SIZE);
    next.catch(() => undefined); // Heard of when it is awaited.
    await runStepwise(
      (function* () {
        for (const product of products) {
          builder.add(product);
          yield;
        }
      })(),
      timing,
    );
    if (last === undefined || builder.size >= SEGMENT_SIZE) {
      await runStepwise(index.changeTo([], builder), timing);
      builder = new SegmentBuilder(languages);
    }
    if (last === undefined) break;
  }
  await runStepwise(index.compact(), timing);
  return index;
}
