import { SegmentBuilder } from '../../model/index/segment-builder.js';
import { StoreIndex } from '../../model/index/store-index.js';
import { languageOf } from '../../model/text/language.js';
import type { FollowingPorts } from './following-ports.js';
import type { IndexSource, SourceStore } from './index-source.js';
import { runStepwise } from './run-stepwise.js';

const PAGE_SIZE = 1_000;
/** Products in a segment while a store is loaded; they are merged at the end. */
const SEGMENT_SIZE = 5_000;

/**
 * An index of all published products of a store. It is read in pages, so a change that is committed
 * meanwhile may be in one of them and not in another. Throws what the source throws, and the reason of the signal.
 */
export async function loadStore(
  source: IndexSource,
  store: SourceStore,
  { signal, timing }: Pick<FollowingPorts, 'signal' | 'timing'>,
): Promise<StoreIndex> {
  const languages = [...new Set(store.locales.flatMap((locale) => languageOf(locale) ?? []))];
  const index = new StoreIndex(languages);
  // Stems are made once, of all words of the store.
  let builder = new SegmentBuilder([]);
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
      builder = new SegmentBuilder([]);
    }
    if (last === undefined) break;
  }
  await runStepwise(index.compact(), timing);
  return index;
}
