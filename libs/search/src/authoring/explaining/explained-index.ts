import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { CoherentCache, Follower } from '#libs/cache';
import { SearchConfig } from '#libs/config';
import { Logger } from '#libs/observability';
import type { StoreIndex } from '../../model/index/store-index.js';
import { searchErrors } from '../../model/search.errors.js';
import { CatalogIndexSource } from '../../storefront/following/catalog-index-source.js';
import { followingPorts, WAIT_MS } from '../../storefront/following/following-ports.js';
import { IndexPatience } from '../../storefront/following/index-patience.js';
import { SegmentMerging } from '../../storefront/merging/segment-merging.js';
import { IndexedStores } from '../../storefront/following/indexed-stores.js';

/** An index that nobody asks for any more is dropped after this time. */
export const IDLE_MS = 5 * 60_000;

/**
 * The index of the store that staff ask about, as commerce replicas hold it: loaded when it is first asked
 * for, kept up with the log meanwhile, dropped after five idle minutes or when another store is asked
 * for, which waits until what is being loaded has been. So the back office loads one at a time, holds at
 * most one, and none most of the time.
 */
@Injectable()
export class ExplainedIndex implements OnModuleInit, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private readonly stores: IndexedStores;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly cache: CoherentCache,
    source: CatalogIndexSource,
    private readonly follower: Follower,
    logger: Logger,
    merger: SegmentMerging,
    { indexMaxBytes }: SearchConfig,
  ) {
    this.stores = new IndexedStores(
      followingPorts({ source, cache, follower, logger, merger, signal: this.stopping.signal }),
      indexMaxBytes,
    );
  }

  onModuleInit(): void {
    this.cache.listen(this.stores);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort(searchErrors.indexNotReady({ message: 'the replica is stopping' }));
    clearTimeout(this.timer);
    await this.stores.settled();
  }

  /** How many indexes are held. */
  get size(): number {
    return this.stores.all.length;
  }

  /**
   * The products of a store with everything that was committed before the call. Throws
   * `search.index-not-ready` when loading it, or another one before it, takes longer than a few seconds; that
   * goes on meanwhile. Throws `search.index-too-large`.
   */
  async ready(storeCode: string): Promise<StoreIndex> {
    // What is held hears of it by this; what is loaded later has it.
    await this.follower.followNow();
    const patience = new IndexPatience(WAIT_MS, storeCode);
    try {
      for (;;) {
        const other = this.stores.all.find(({ code }) => code !== storeCode);
        if (other === undefined) break;
        if (other.isLoading) await patience.wait(other.settled());
        else this.stores.forget(other.code);
      }
    } finally {
      patience.end();
    }
    this.forgetLater(storeCode);
    // Begins to load it in this step, if it has to be.
    return this.stores.of(storeCode).ready();
  }

  private forgetLater(storeCode: string): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.stores.forget(storeCode), IDLE_MS);
    this.timer.unref();
  }
}
