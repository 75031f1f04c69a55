import { unobserved } from '#libs/cache';
import { deferred, delay, withDeadline, type Deferred } from '#libs/kernel';
import { SegmentBuilder } from '../../model/index/segment-builder.js';
import { StoreIndex } from '../../model/index/store-index.js';
import { searchErrors } from '../../model/search.errors.js';
import { languageOf } from '../../model/text/language.js';
import type { IndexSource, SourceStore } from './index-source.js';
import { runStepwise } from './run-stepwise.js';

/** What an indexed store is told by and bounded by. */
export interface FollowingPorts {
  readonly source: IndexSource;
  /** When it resolves, what was committed before the call was applied here, and so marked. */
  readonly follow: () => Promise<void>;
  readonly reportFailure: (error: unknown) => void;
  /** How long a search waits for what it has to see. */
  readonly waitMs: number;
  /** After a failure nothing is loaded sooner. */
  readonly failurePauseMs: number;
}

const PAGE_SIZE = 1_000;
/** Products in a segment while a whole store is loaded; they are merged at the end. */
const SEGMENT_SIZE = 5_000;
/** Loads of the same products that changes ran into; then what was read last is taken, and read again. */
const MAX_ATTEMPTS = 5;
const NO_STORE = new StoreIndex([]);

/**
 * The index of one store, kept up with the log. A product is marked in the step in which a row of the
 * log that names it is applied; whoever asks after that waits until it is loaded anew.
 *
 * What is loaded together takes effect together. Reading takes several statements, and a change may be
 * committed between them; so when they are done the log is followed once more, and when it names one of
 * the products, all of them are read again. That way no part of a transaction is ever shown without
 * the rest of it.
 */
export class IndexedStore {
  private index = NO_STORE;
  private store: SourceStore | undefined;
  private marked = new Set<string>();
  private loading: ReadonlySet<string> | undefined;
  /** A product that is being loaded was changed meanwhile. */
  private isOvertaken = false;
  private isVoid = true;
  private isReloading = false;
  /** Counts marks; what was done up to one of them. */
  private markCount = 1;
  private doneCount = 0;
  private working: Promise<void> | undefined;
  private tidying: Promise<void> | undefined;
  /** Searches that wait for what is marked. */
  private waiting = 0;
  private progress: Deferred<void> = quiet();
  private failedAtMs = -Infinity;

  constructor(
    readonly code: string,
    private readonly ports: FollowingPorts,
  ) {}

  get isUpToDate(): boolean {
    return this.doneCount === this.markCount;
  }

  get size(): number {
    return this.index.size;
  }

  get bytes(): number {
    return this.index.bytes;
  }

  /** Whether a change of the product, of which no more is known, may be one of this store. */
  concerns(productId: string): boolean {
    if (this.isReloading || this.marked.has(productId)) return true;
    return this.loading?.has(productId) === true || this.index.holds(productId);
  }

  mark(productIds: readonly string[]): void {
    this.markCount += 1;
    for (const id of productIds) {
      this.marked.add(id);
      if (this.loading?.has(id) === true) this.isOvertaken = true;
    }
  }

  /** The whole store has to be loaded anew. */
  markVoid(): void {
    this.markCount += 1;
    this.isVoid = true;
  }

  /**
   * The index with everything that was applied before the call. Throws `search.index-not-ready` when that
   * takes longer than a few seconds, and what the database throws.
   */
  async ready(signal?: AbortSignal): Promise<StoreIndex> {
    if (this.isUpToDate) return this.index;
    const wanted = this.markCount;
    const deadline = performance.now() + this.ports.waitMs;
    this.waiting += 1;
    try {
      while (this.doneCount < wanted) {
        signal?.throwIfAborted();
        this.catchUp();
        await withDeadline(this.progress.promise, deadline - performance.now(), 'an index');
      }
      return this.index;
    } catch (error) {
      if (performance.now() < deadline) throw error;
      throw searchErrors.indexNotReady({ details: { store: this.code }, retryAfterSeconds: 1 });
    } finally {
      this.waiting -= 1;
    }
  }

  /** Resolves when the store has been loaded once, however long that takes. Throws what the database throws. */
  async loaded(): Promise<void> {
    while (this.doneCount === 0) {
      this.catchUp();
      await this.progress.promise;
    }
  }

  /** Begins to load what is marked, unless that is under way. */
  catchUp(): void {
    if (this.working !== undefined || this.isUpToDate) return;
    const waitMs = Math.max(0, this.failedAtMs + this.ports.failurePauseMs - performance.now());
    // The work is for all who wait, so nothing it reads is noted for the one that begins it.
    this.working = unobserved(() => delay(waitMs).then(() => this.work()))
      .catch((error: unknown) => this.failed(error))
      .finally(() => {
        this.working = undefined;
        // A search may have come between its last look and its end.
        if (this.waiting > 0) this.catchUp();
      });
  }

  /** For shutting down: what is under way has ended. */
  async settled(): Promise<void> {
    await this.working;
    await this.tidying;
  }

  private async work(): Promise<void> {
    do {
      const target = this.markCount;
      if (this.isVoid) await this.reload();
      else await this.refresh(this.index);
      this.doneCount = target;
      this.failedAtMs = -Infinity;
      this.advance();
      // What nobody waits for is left to the next time: under many changes that is less work.
    } while (!this.isUpToDate && this.waiting > 0);
    // Changes do not wait for it.
    this.tidying ??= runStepwise(this.index.tidy())
      .catch((error: unknown) => this.ports.reportFailure(error))
      .finally(() => {
        this.tidying = undefined;
      });
  }

  private failed(error: unknown): void {
    this.failedAtMs = performance.now();
    this.ports.reportFailure(error);
    const { progress } = this;
    this.progress = quiet();
    progress.reject(error);
  }

  private advance(): void {
    const { progress } = this;
    this.progress = quiet();
    progress.resolve();
  }

  private async reload(): Promise<void> {
    this.isVoid = false;
    this.isReloading = true;
    this.marked = new Set();
    try {
      const store = await this.ports.source.findStore(this.code);
      const index = store === undefined ? NO_STORE : await this.load(store);
      this.store = store;
      // What was committed meanwhile is marked, or will be by this.
      await this.ports.follow();
      await this.refresh(index);
      this.index = index;
    } catch (error) {
      this.isVoid = true;
      throw error;
    } finally {
      this.isReloading = false;
    }
  }

  private async load(store: SourceStore): Promise<StoreIndex> {
    const { source } = this.ports;
    const languages = [...new Set(store.locales.flatMap((locale) => languageOf(locale) ?? []))];
    const index = new StoreIndex(languages);
    // Stems are made once, of all words of the store.
    let builder = new SegmentBuilder([]);
    let next = source.page(store, '', PAGE_SIZE);
    for (;;) {
      const products = await next;
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
      );
      if (last === undefined || builder.size >= SEGMENT_SIZE) {
        await runStepwise(index.changeTo([], builder));
        builder = new SegmentBuilder([]);
      }
      if (last === undefined) break;
    }
    await runStepwise(index.compact());
    return index;
  }

  /** Loads what is marked and lets it take effect in one step. */
  private async refresh(index: StoreIndex): Promise<void> {
    const { store } = this;
    for (let attempt = 1; this.marked.size > 0; attempt += 1) {
      const ids = this.marked;
      this.marked = new Set();
      this.loading = ids;
      this.isOvertaken = false;
      try {
        const products = store === undefined ? [] : await this.ports.source.some(store, [...ids]);
        await this.ports.follow();
        if (!this.isOvertaken || attempt >= MAX_ATTEMPTS) {
          await runStepwise(index.change(ids, products));
          return;
        }
        for (const id of ids) this.marked.add(id);
      } catch (error) {
        for (const id of ids) this.marked.add(id);
        throw error;
      } finally {
        this.loading = undefined;
      }
    }
  }
}

/** One whose failure nobody may be waiting for. */
function quiet(): Deferred<void> {
  const made = deferred<void>();
  made.promise.catch(() => undefined);
  return made;
}
