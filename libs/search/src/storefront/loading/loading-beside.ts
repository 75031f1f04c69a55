import { availableParallelism } from 'node:os';
import { withDeadline } from '#libs/kernel';
import type { FrozenSegment } from '../../model/index/live-segment.js';
import type { BuildReply } from '../building/build-protocol.js';
import { takenOver } from '../building/taken-over.js';
import { WatchedThread, type WatchedThreadOptions } from '../building/watched-thread.js';
import { within } from '../following/bounded-source.js';
import type { CatalogIndexSource } from '../following/catalog-index-source.js';
import { languagesOf, type SourceStore } from '../following/index-source.js';
import { systemTiming } from '../following/index-timing.js';
import type { LoadRequest, LoadThreadData } from './load-protocol.js';

type LoadThread = WatchedThread<LoadRequest, BuildReply>;

/** What makes the index of a store without the thread that asks for it: its segments; undefined when that has to read by itself. */
export type LoadBeside = (
  store: SourceStore,
  signal: AbortSignal,
  /** Told what has been made takes; what it throws ends the load. */
  admit: (bytes: number) => void,
) => Promise<readonly FrozenSegment[] | undefined>;

export interface LoadingOptions {
  /** What runs in a thread; undefined: there are none. */
  readonly entry: URL | undefined;
  readonly threads: number;
  /** What is less is read sooner than a thread begins. */
  readonly fromProducts: number;
  /** A page takes a thread a fraction of a second; what takes longer tells that it is at work. */
  readonly silenceMs: number;
}

/** Node.js by itself does not find what a thread imports from the sources, as tests run them. */
const IS_BUILT = import.meta.url.endsWith('.js');
const END_TIMEOUT_MS = 1_000;
/** Each more holds some hundred megabytes more of rows and words, for as long as a store of many products is loaded. */
const MOST_THREADS = 2;

export const loadingOptions: LoadingOptions = {
  entry: IS_BUILT ? new URL('./load-thread.js', import.meta.url) : undefined,
  threads: Math.min(availableParallelism(), MOST_THREADS),
  fromProducts: 10_000,
  silenceMs: 30_000,
};

/**
 * Of a SQLite file, on two threads, or one where there is one processor: each reads a range of the products on a connection of its own, and makes
 * segments of them. When a thread was lost, the next load is none of these: another thread might be lost, too. The one after it is.
 */
export function loadingBeside(
  source: CatalogIndexSource,
  { entry, threads, fromProducts, silenceMs }: LoadingOptions = loadingOptions,
): LoadBeside {
  let wasLost = false;
  return async (store, signal, admit) => {
    const { file } = source;
    if (entry === undefined || file === undefined || wasLost) {
      wasLost = false;
      return undefined;
    }
    const ranges = await within(source.ranges(store, threads, fromProducts), systemTiming);
    if (ranges === undefined) return undefined;
    const languages = languagesOf(store).map(({ code }) => code);
    const options: WatchedThreadOptions = {
      timing: systemTiming,
      signal,
      silenceMs,
      onLost: () => {
        wasLost = true;
      },
    };
    const begun = ranges.map((range): LoadThread => {
      const data: LoadThreadData = { file, store, range, languages };
      return new WatchedThread(entry, data, options);
    });
    const bytes = begun.map(() => 0);
    try {
      const made = begun.map((thread, index) =>
        segmentsOf(thread, (taken) => {
          bytes[index] = taken;
          admit(bytes.reduce((sum, each) => sum + each, 0));
        }),
      );
      return (await Promise.all(made)).flat();
    } finally {
      const ends = Promise.all(begun.map((thread) => thread.end()));
      // One that does not end while it is loaded, or is in a statement, ends with the process.
      await withDeadline(ends, END_TIMEOUT_MS, 'ending what loads').catch(() => undefined);
    }
  };
}

async function segmentsOf(
  thread: LoadThread,
  admit: (bytes: number) => void,
): Promise<readonly FrozenSegment[]> {
  for (;;) {
    const reply = await thread.ask('go on');
    if (typeof reply !== 'number') return takenOver(reply, systemTiming);
    admit(reply);
  }
}
