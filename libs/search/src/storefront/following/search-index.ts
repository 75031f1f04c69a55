import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import { CoherentCache, Follower, type AppliedListener } from '#libs/cache';
import { SearchConfig } from '#libs/config';
import { Logger } from '#libs/observability';
import type { StoreIndex } from '../../model/index/store-index.js';
import { searchErrors } from '../../model/search.errors.js';
import { MemoryEngine } from '../engine/memory-engine.js';
import type { SearchEngine } from '../engine/search-engine.js';
import { KeptIndexes } from '../keeping/kept-indexes.js';
import { SegmentMerging } from '../merging/segment-merging.js';
import { CatalogIndexSource } from './catalog-index-source.js';
import { FirstLoad } from './first-load.js';
import { followingPorts } from './following-ports.js';
import { IdleCatchUp } from './idle-catch-up.js';
import { systemTiming } from './index-timing.js';
import { IndexedStores } from './indexed-stores.js';
import { SearchIndexHealth } from './search-index-health.js';

/**
 * The published products of every store in the memory of this replica.
 *
 * It hears of every row of the invalidation log in the step that applies it, so a search that comes after
 * a row (also because its position token had the log followed first) sees what the row tells of. The
 * replica is not ready before every store has been loaded once, or that was tried for five minutes.
 */
@Injectable()
export class SearchIndex
  implements AppliedListener, OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown
{
  private readonly stores: IndexedStores;
  /** Answers from it. */
  readonly engine: SearchEngine;
  private isLoaded = false;
  private readonly stopping = new AbortController();
  private readonly idle = new IdleCatchUp(systemTiming, () => this.catchUp());

  constructor(
    private readonly cache: CoherentCache,
    private readonly follower: Follower,
    private readonly source: CatalogIndexSource,
    private readonly health: SearchIndexHealth,
    private readonly logger: Logger,
    private readonly kept: KeptIndexes,
    merger: SegmentMerging,
    { indexMaxBytes }: SearchConfig,
  ) {
    this.stores = new IndexedStores(
      followingPorts({
        source,
        cache,
        follower,
        logger,
        signal: this.stopping.signal,
        revive: kept.revive,
        merger,
      }),
      indexMaxBytes,
    );
    this.engine = new MemoryEngine(this.stores);
  }

  onModuleInit(): void {
    this.cache.listen(this);
    this.health.watch(this.stores, () => this.isLoaded);
  }

  onApplicationBootstrap(): void {
    void this.loadAll();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort(searchErrors.indexNotReady({ message: 'the replica is stopping' }));
    this.idle.stop();
    await this.stores.settled();
    await this.kept.stop();
  }

  /**
   * The products of a store, with everything that was applied before the call; of a store that is not
   * there, none. Throws `search.index-not-ready`.
   */
  ready(storeCode: string): Promise<StoreIndex> {
    return this.stores.of(storeCode).ready();
  }

  applied(tags: readonly string[]): readonly string[] {
    const voided = this.stores.applied(tags);
    this.catchUpSoon();
    return voided;
  }

  cleared(): void {
    this.stores.cleared();
    this.catchUpSoon();
  }

  private get isStopped(): boolean {
    return this.stopping.signal.aborted;
  }

  /** The replica is not ready meanwhile. */
  private async loadAll(): Promise<void> {
    const missing = await new FirstLoad({
      storeCodes: async () => {
        // From here on every row is applied, so what is read later misses nothing.
        await this.follower.followNow();
        return this.source.storeCodes();
      },
      load: (code) => this.stores.of(code).loaded(),
      timing: systemTiming,
      signal: this.stopping.signal,
      reportFailure: (err) => this.logger.warn({ err }, 'the search index cannot be loaded yet'),
    }).run();
    if (missing === undefined) return;
    if (missing.length > 0) this.logger.error({ stores: missing }, 'ready without lists of stores');
    this.isLoaded = true;
    this.catchUpSoon();
    this.kept.start(() => this.stores.all);
  }

  private catchUpSoon(): void {
    if (!this.isStopped && this.isLoaded) this.idle.heard();
  }

  /** False when nothing is marked. */
  private catchUp(): boolean {
    const behind = this.stores.all.filter(({ isUpToDate }) => !isUpToDate);
    for (const store of behind) store.catchUp();
    return behind.length > 0;
  }
}
