import { unobserved } from '#libs/cache';
import type { StoreIndex } from '../../model/index/store-index.js';
import { mergeIn } from '../merging/segment-merger.js';
import { IndexPatience } from './index-patience.js';
import type { FollowingPorts } from './following-ports.js';
import { pauseOf } from './index-timing.js';
import { traitsOf, type SourceStore } from './index-source.js';
import type { FrozenStore, IndexedStoreState } from './indexed-store-state.js';
import type { IndexRoom } from './index-room.js';
import { isTooLarge, LoadProgress } from './load-progress.js';
import { NO_STORE, openStore } from './load-store.js';
import { MarkedProducts } from './marked-products.js';
import { runStepwise } from './run-stepwise.js';

/**
 * The index of one store, kept up with the log. A product is marked in the step in which a row of the
 * log that names it is applied; whoever asks after that waits until it is loaded anew.
 *
 * What is loaded together takes effect together. Reading takes several statements, and a change may be
 * committed between them; so when they are done the log is followed once more, and what it names
 * meanwhile is read again, with everything that was changed together with it. That way no part of a
 * transaction is ever shown without the rest of it: a search waits instead, and fails when that takes too long.
 */
export class IndexedStore {
  private index = NO_STORE;
  private store: SourceStore | undefined;
  private marked = new MarkedProducts();
  private loading = new MarkedProducts();
  private isVoid = true;
  private isStoreMarked = false;
  private isReloading = false;
  /** Counts marks; what was done up to one of them. */
  private markCount = 1;
  private doneCount = 0;
  /** What had been applied when it was begun to load what the index shows: all of that is in it, and nothing beyond. */
  private shownSequence = 0;
  /** When the first of the marks that are not done was made, or before. */
  private behindSinceMs: number;
  private loadMs: number | undefined;
  private working: Promise<void> | undefined;
  private tidying: Promise<void> | undefined;
  private readonly progress: LoadProgress;

  constructor(
    readonly code: string,
    private readonly ports: FollowingPorts,
    private readonly room: IndexRoom,
  ) {
    this.behindSinceMs = ports.timing.nowMs();
    this.progress = new LoadProgress(ports.timing, ports.failurePauseMs);
  }

  /** What the index takes. */
  get bytes(): number {
    return this.index.bytes;
  }

  get isUpToDate(): boolean {
    return this.doneCount === this.markCount;
  }

  /**
   * Of which of the invalidations applied here the index is the result; to be asked for in the step in which it
   * is read, when it was ready.
   */
  get sequence(): number {
    return this.isUpToDate ? this.ports.sequence() : this.shownSequence;
  }

  /** Whether it was more than it may take when it was loaded last. */
  get isTooLarge(): boolean {
    return this.progress.wasTooLarge;
  }

  /** Whether something is being read for it. */
  get isLoading(): boolean {
    return this.working !== undefined;
  }

  get state(): IndexedStoreState {
    const { index, marked, loading, loadMs } = this;
    return {
      products: index.size,
      bytes: index.bytes,
      segments: index.segmentCount,
      marked: new Set([...marked.ids, ...loading.ids]).size,
      behindMs: this.isUpToDate ? 0 : this.ports.timing.nowMs() - this.behindSinceMs,
      loadMs,
    };
  }

  /** What a later process can go on with: what all that was applied so far has come to; undefined when it is behind that. */
  frozen(): FrozenStore | undefined {
    if (!this.isUpToDate || this.store === undefined) return undefined;
    return { store: this.store, segments: this.index.frozen() };
  }

  /** Whether a change of the product, of which no more is known, may be one of this store. */
  concerns(productId: string): boolean {
    // Of one that is void nobody knows what it has, and answers that it has given may be held.
    if (this.isVoid || this.isReloading) return true;
    if (this.marked.has(productId) || this.loading.has(productId)) return true;
    return this.index.holds(productId);
  }

  /** Products of the store that were changed in one transaction. */
  mark(productIds: readonly string[]): void {
    this.noteMark();
    // What is void is read as a whole.
    if (!this.isVoid) this.marked.add(productIds);
  }

  /** The store itself was changed: its products are loaded anew when they are shown in other languages. */
  markStore(): void {
    this.noteMark();
    this.isStoreMarked = true;
  }

  /** The whole store has to be loaded anew. */
  markVoid(): void {
    this.noteMark();
    this.isVoid = true;
  }

  /**
   * The index with everything that was applied before the call. Throws `search.index-not-ready` when that
   * takes longer than a few seconds, `search.index-too-large`, and what the database throws.
   */
  async ready(signal?: AbortSignal): Promise<StoreIndex> {
    if (this.isUpToDate) return this.index;
    const wanted = this.markCount;
    const patience = new IndexPatience(this.ports.waitMs, this.code, this.ports.timing);
    const begin = (): void => {
      signal?.throwIfAborted();
      this.catchUp();
    };
    try {
      await this.progress.until(() => this.doneCount >= wanted, begin, patience);
      return this.index;
    } finally {
      patience.end();
    }
  }

  /**
   * Resolves when the store has been loaded once, however long that takes. Throws `search.index-too-large`, and what the
   * source throws, which bounds each step.
   */
  loaded(): Promise<void> {
    return this.progress.until(
      () => this.doneCount > 0,
      () => this.catchUp(),
    );
  }

  /** Begins to load what is marked, unless that is under way, or was too much a while ago. */
  catchUp(): void {
    const { isRefused, pauseLeftMs } = this.progress;
    if (this.working !== undefined || this.isUpToDate || isRefused) return;
    // The work is for all who wait, so nothing it reads is noted for the one that begins it.
    this.working = unobserved(() => pauseOf(this.ports.timing, pauseLeftMs).then(() => this.work()))
      .catch((error: unknown) => this.failed(error))
      .finally(() => {
        this.working = undefined;
        // A search may have come between its last look and its end.
        if (this.progress.isAwaited) this.catchUp();
      });
  }

  /** What is under way has ended, well or not. */
  async settled(): Promise<void> {
    await this.working;
    await this.tidying;
  }

  private noteMark(): void {
    if (this.isUpToDate) this.behindSinceMs = this.ports.timing.nowMs();
    this.markCount += 1;
  }

  private async work(): Promise<void> {
    this.progress.begin();
    do {
      const target = this.markCount;
      const beganMs = this.ports.timing.nowMs();
      if (!this.isVoid && this.isStoreMarked) await this.lookAtStore();
      const isDone = this.isVoid ? await this.reload() : await this.refresh(this.index);
      if (!isDone) continue;
      this.doneCount = target;
      this.behindSinceMs = beganMs;
      this.progress.advance();
      // What nobody waits for is left to the next time: under many changes that is less work.
    } while (!this.isUpToDate && this.progress.isAwaited);
    // Changes do not wait for it, and those who wait for this have their turn first.
    this.tidying ??= this.ports.timing
      .breathe()
      .then(() => mergeIn(this.index, this.index.dueMerge(), this.ports))
      .catch((error: unknown) => this.ports.reportFailure(error))
      .finally(() => {
        this.tidying = undefined;
      });
  }

  private failed(error: unknown): void {
    if (isTooLarge(error)) {
      this.index = NO_STORE;
      this.isVoid = true;
      this.marked = new MarkedProducts();
      this.loadMs = undefined;
    }
    this.ports.reportFailure(error);
    this.progress.fail(error);
  }

  private async lookAtStore(): Promise<void> {
    this.isStoreMarked = false;
    try {
      const store = await this.ports.source.findStore(this.code);
      if (traitsOf(store) !== traitsOf(this.store)) this.isVoid = true;
    } catch (error) {
      this.isStoreMarked = true;
      throw error;
    }
  }

  /** False when it is not known again what was missed meanwhile. */
  private async reload(): Promise<boolean> {
    const { source, follow, signal } = this.ports;
    const beganMs = this.ports.timing.nowMs();
    this.isVoid = false;
    this.isStoreMarked = false;
    this.isReloading = true;
    this.marked = new MarkedProducts();
    try {
      const store = await source.findStore(this.code);
      const { index, missed } = await openStore(this.code, store, this.ports, {
        // Later it may be loaded because it is not to be trusted any more.
        mayRevive: this.loadMs === undefined,
        admit: (bytes) => this.room.admit(this.code, bytes, this.bytes),
      });
      for (const ids of missed) this.marked.add(ids);
      this.store = store;
      // What was committed meanwhile is marked, or will be by this.
      await follow();
      while (!(await this.refresh(index)) && !this.isVoid) signal.throwIfAborted();
      if (this.isVoid) return false;
      this.index = index;
      this.loadMs = this.ports.timing.nowMs() - beganMs;
      return true;
    } catch (error) {
      this.isVoid = true;
      throw error;
    } finally {
      this.isReloading = false;
    }
  }

  /**
   * Loads what is marked and lets it take effect in one step, but for what changes ran into: that stays
   * marked, and false is returned; also when it is not known what was missed, and nothing takes effect.
   */
  private async refresh(index: StoreIndex): Promise<boolean> {
    const { store, marked: loading } = this;
    const sequence = this.ports.sequence();
    if (loading.size === 0) {
      this.shownSequence = sequence;
      return true;
    }
    this.loading = loading;
    this.marked = new MarkedProducts();
    try {
      const products = store === undefined ? [] : await this.ports.source.some(store, loading.ids);
      await this.ports.follow();
      if (this.isVoid) return false;
      const settled = loading.settle(this.marked);
      const isWhole = settled.size === loading.size;
      await runStepwise(
        index.change(
          settled,
          products.filter(({ id }) => settled.has(id)),
        ),
        this.ports.timing,
      );
      this.room.keep(this.code, index.bytes, this.bytes);
      if (isWhole) this.shownSequence = sequence;
      else await this.ports.timing.breathe();
      return isWhole;
    } catch (error) {
      this.marked.addAll(loading);
      throw error;
    } finally {
      this.loading = new MarkedProducts();
    }
  }
}
