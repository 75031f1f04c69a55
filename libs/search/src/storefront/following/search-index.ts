import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import { CoherentCache, Follower, type AppliedListener } from '#libs/cache';
import { delay } from '#libs/kernel';
import { HealthRegistry, Logger, Metrics } from '#libs/observability';
import type { StoreIndex } from '../../model/index/store-index.js';
import { searchErrors } from '../../model/search.errors.js';
import { CatalogIndexSource } from './catalog-index-source.js';
import { IndexedStore } from './indexed-store.js';
import { namedIn, tagsVoidedWith } from './named-in-tags.js';
import { searchMetrics } from './search.metrics.js';

/** What is marked is loaded after this time, when nobody has asked for it before. */
const IDLE_CATCH_UP_MS = 100;
const WAIT_MS = 5_000;
const FAILURE_PAUSE_MS = 500;

/**
 * The published products of every store in the memory of this replica.
 *
 * It hears of every row of the invalidation log in the step that applies it, so a search that comes after
 * a row (also because its position token had the log followed first) sees what the row tells of. The
 * replica is not ready before every store has been loaded once.
 */
@Injectable()
export class SearchIndex
  implements AppliedListener, OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown
{
  private readonly stores = new Map<string, IndexedStore>();
  private isLoaded = false;
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly cache: CoherentCache,
    private readonly follower: Follower,
    private readonly source: CatalogIndexSource,
    private readonly health: HealthRegistry,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.cache.listen(this);
    this.health.requireReady('search', () => {
      if (this.isLoaded) return Promise.resolve();
      return Promise.reject(searchErrors.indexNotReady());
    });
    this.reportTo(this.metrics);
  }

  onApplicationBootstrap(): void {
    void this.loadAll();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort(searchErrors.indexNotReady({ message: 'the replica is stopping' }));
    clearTimeout(this.timer);
    await Promise.all([...this.stores.values()].map((store) => store.settled()));
  }

  /**
   * The products of a store, with everything that was applied before the call; of a store that is not
   * there, none. Throws `search.index-not-ready`.
   */
  ready(storeCode: string, signal?: AbortSignal): Promise<StoreIndex> {
    return this.storeOf(storeCode).ready(signal);
  }

  applied(tags: readonly string[]): readonly string[] {
    const named = namedIn(tags);
    const voided: string[] = [];
    for (const code of named.storeCodes) this.stores.get(code)?.markStore();
    for (const store of this.stores.values()) {
      // A product that comes into lists is named together with them.
      const isListed = named.listCodes.has(store.code);
      const ids = [...named.kinds.keys()].filter((id) => isListed || store.concerns(id));
      if (ids.length === 0) continue;
      store.mark(ids);
      voided.push(...tagsVoidedWith(store.code, ids, named.kinds));
    }
    this.catchUpSoon();
    return voided;
  }

  cleared(): void {
    for (const store of this.stores.values()) store.markVoid();
    this.catchUpSoon();
  }

  private storeOf(code: string): IndexedStore {
    const known = this.stores.get(code);
    if (known !== undefined) return known;
    const store = new IndexedStore(code, {
      source: this.source,
      follow: () => this.follower.followNow(),
      signal: this.stopping.signal,
      waitMs: WAIT_MS,
      failurePauseMs: FAILURE_PAUSE_MS,
      reportFailure: (err) => {
        if (!this.isStopped) this.logger.warn({ err, store: code }, 'an index cannot be loaded');
      },
    });
    this.stores.set(code, store);
    return store;
  }

  private get isStopped(): boolean {
    return this.stopping.signal.aborted;
  }

  /** For as long as it takes: the replica is not ready meanwhile. */
  private async loadAll(): Promise<void> {
    while (!this.isStopped && !this.isLoaded) {
      try {
        // From here on every row is applied, so what is read later misses nothing.
        await this.follower.followNow();
        for (const code of await this.source.storeCodes()) {
          if (!this.isStopped) await this.storeOf(code).loaded();
        }
        this.isLoaded = true;
      } catch (err) {
        if (this.isStopped) return;
        this.logger.warn({ err }, 'the search index cannot be loaded yet');
        await delay(FAILURE_PAUSE_MS);
      }
    }
  }

  private reportTo(metrics: Metrics): void {
    const gauges = metrics.register(searchMetrics, {
      // All are set along with the first.
      products: (products) => {
        for (const gauge of Object.values(gauges)) gauge.reset();
        for (const { code: store, state } of this.stores.values()) {
          products.set({ store }, state.products);
          gauges.bytes.set({ store }, state.bytes);
          gauges.segments.set({ store }, state.segments);
          gauges.marked.set({ store }, state.marked);
          gauges.behindSeconds.set({ store }, state.behindMs / 1_000);
          if (state.loadMs !== undefined) gauges.loadSeconds.set({ store }, state.loadMs / 1_000);
        }
      },
    });
  }

  private catchUpSoon(): void {
    if (this.isStopped || this.timer !== undefined || !this.isLoaded) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      const behind = [...this.stores.values()].filter(({ isUpToDate }) => !isUpToDate);
      for (const store of behind) store.catchUp();
      if (behind.length > 0) this.catchUpSoon();
    }, IDLE_CATCH_UP_MS);
    this.timer.unref();
  }
}
