import { AsyncLocalStorage } from 'node:async_hooks';
import type { ReadMoments } from './read-moments.js';

const storage = new AsyncLocalStorage<ReadObserver | undefined>();

/** What went into an answer: the tags of everything read, and how it was obtained. */
export class ReadObserver {
  readonly tags = new Set<string>();
  /** Names of the readers that were asked. */
  readonly regions = new Set<string>();
  hits = 0;
  misses = 0;
  /** Something was served that could not be confirmed against the log (SQL away) or had expired. */
  isStale = false;
  /** A part of it was not asked for before and is not held: neither is what is made of it. */
  hasUnheld = false;
  /** The database was read for it until then. Clock milliseconds. */
  readUntilMs = -Infinity;
  /** What had been applied when its reads began; 0: when those who observe did. */
  readSince = 0;
  /** When it was true; undefined where that does not matter. */
  moments: ReadMoments | undefined;
  /** What is read is held although nobody asked for it before: it is loaded because it will be asked for. */
  isAhead: boolean;
  /** What is read goes into a value that is being loaded, however many observers are in between. */
  isInsideLoad: boolean;
  /**
   * What is read comes straight from the loaders, however deep they read: nothing held is served, no
   * load is joined, nothing is stored. Fires when no caller waits for it any more.
   */
  apart: AbortSignal | undefined;
  /**
   * Who the reads are for: the signal fires when that client, or everybody who waited for the load they
   * are part of, is gone. It is asked for only when something has to be loaded. undefined: the reads
   * are for the replica itself, which stays.
   */
  audience: (() => AbortSignal) | undefined;

  constructor() {
    const outer = currentObserver();
    this.isInsideLoad = outer?.isInsideLoad ?? false;
    this.apart = outer?.apart;
    this.isAhead = outer?.isAhead ?? false;
    this.audience = outer?.audience;
  }

  noteHit(region: string, tags: readonly string[], readUntilMs = -Infinity): void {
    this.hits += 1;
    if (readUntilMs > this.readUntilMs) this.readUntilMs = readUntilMs;
    this.regions.add(region);
    for (const tag of tags) this.tags.add(tag);
  }

  noteLoaded(region: string, loaded: LoadedReads): void {
    this.misses += 1;
    this.regions.add(region);
    this.add(loaded);
  }

  /** Its tags and moments were noted while it was loaded. */
  noteUnheld(region: string): void {
    this.misses += 1;
    this.regions.add(region);
    this.hasUnheld = true;
  }

  /** What was read inside, since `began` of the invalidations applied here, goes into the answer of this one. */
  noteInner(inner: ReadObserver, began: number): void {
    this.readSince = this.hits + this.misses === 0 ? began : 0;
    this.hits += inner.hits;
    this.misses += inner.misses;
    this.add(inner);
    if (inner.moments !== undefined) this.moments?.addAll(inner.moments);
  }

  private add({ tags, regions, isStale, hasUnheld, readUntilMs }: LoadedReads): void {
    this.isStale ||= isStale;
    this.hasUnheld ||= hasUnheld;
    if (readUntilMs > this.readUntilMs) this.readUntilMs = readUntilMs;
    for (const region of regions) this.regions.add(region);
    for (const tag of tags) this.tags.add(tag);
  }
}

interface LoadedReads {
  readonly tags: Iterable<string>;
  readonly regions: Iterable<string>;
  readonly isStale: boolean;
  readonly hasUnheld: boolean;
  readonly readUntilMs: number;
}

/** Runs `work`; every cached read inside it is noted in `observer`, however deep and however late. */
export function observeReads<T>(observer: ReadObserver, work: () => T): T {
  return storage.run(observer, work);
}

/** Runs `work`; whatever it reads through the cache is loaded for it alone. */
export function readApart<T>(signal: AbortSignal, work: () => T): T {
  const observer = new ReadObserver();
  observer.apart = signal;
  return observeReads(observer, work);
}

/** Runs `work` unobserved by its caller: what it reads is noted nowhere. */
export function unobserved<T>(work: () => T): T {
  return storage.run(undefined, work);
}

export function currentObserver(): ReadObserver | undefined {
  return storage.getStore();
}
