import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { CoherentCache, Follower } from '#libs/cache';
import { Logger } from '#libs/observability';
import type { StoreIndex } from '../../model/index/store-index.js';
import { searchErrors } from '../../model/search.errors.js';
import { CatalogIndexSource } from '../../storefront/following/catalog-index-source.js';
import { followingPorts } from '../../storefront/following/following-ports.js';
import { IndexedStores } from '../../storefront/following/indexed-stores.js';

/** An index that nobody asks for any more is dropped after this time. */
const IDLE_MS = 5 * 60_000;

/**
 * The index of the store that staff ask about, as commerce replicas hold it: loaded when it is first asked
 * for, kept up with the log meanwhile, dropped after five idle minutes or when another store is asked
 * for. So the back office holds at most one, and none most of the time.
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
  ) {
    this.stores = new IndexedStores(
      followingPorts({ source, follower, logger, signal: this.stopping.signal }),
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
   * `search.index-not-ready` when loading takes longer than a few seconds; it goes on meanwhile.
   */
  async ready(storeCode: string): Promise<StoreIndex> {
    for (const { code } of this.stores.all) if (code !== storeCode) this.stores.forget(code);
    this.forgetLater(storeCode);
    const store = this.stores.of(storeCode);
    await this.follower.followNow();
    return store.ready();
  }

  private forgetLater(storeCode: string): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.stores.forget(storeCode), IDLE_MS);
    this.timer.unref();
  }
}
