import { Injectable } from '@nestjs/common';
import { Follower } from '#libs/cache';
import { SearchConfig } from '#libs/config';
import { InstallationReader, InvalidationLog } from '#libs/database';
import { withDeadline } from '#libs/kernel';
import { Logger, Metrics, type RegisteredMetrics } from '#libs/observability';
import type { IndexedStore } from '../following/indexed-store.js';
import { systemTiming } from '../following/index-timing.js';
import type { Revive } from '../following/following-ports.js';
import { IndexFolder } from './index-folder.js';
import { IndexKeeper, type KeeperNews } from './index-keeper.js';
import { keptIndexesMetrics } from './kept-indexes.metrics.js';

/** The log is kept for an hour, so what is kept is usable for most of one after a crash. */
export const KEEP_EVERY_MS = 10 * 60_000;
/** Of what another replica has written no sooner, only one is written again by one that stops. */
const YOUNG_AT_STOP_MS = 60_000;
const STOP_LIMIT_MS = 3_000;

/**
 * Keeps the indexes of a replica in `SEARCH_INDEX_FOLDER` for its next start: when they have been loaded, every ten minutes
 * when the log has gone on, and when it stops. Without the folder it does nothing. Whatever is wrong with the folder is logged and
 * counted, and the replica does without.
 */
@Injectable()
export class KeptIndexes {
  private readonly keeper: IndexKeeper | undefined;
  private readonly counters: RegisteredMetrics<typeof keptIndexesMetrics>;
  private readonly stopping = new AbortController();
  private stores: () => readonly IndexedStore[] = () => [];
  private cancelTimer: () => void = () => undefined;
  private keeping = Promise.resolve();

  constructor(
    { indexFolder }: SearchConfig,
    log: InvalidationLog,
    installation: InstallationReader,
    follower: Follower,
    private readonly logger: Logger,
    metrics: Metrics,
  ) {
    this.counters = metrics.register(keptIndexesMetrics);
    if (indexFolder === undefined) return;
    this.keeper = new IndexKeeper({
      shelf: new IndexFolder(indexFolder, () => installation.get()),
      log,
      watermark: () => follower.watermark,
      timing: systemTiming,
      report: (store, news) => this.report(store, news),
    });
  }

  /** Undefined when nothing is kept. */
  get revive(): Revive | undefined {
    const { keeper } = this;
    return keeper === undefined ? undefined : (code, store) => keeper.revive(code, store);
  }

  /** Keeps them from now on; to be called when they have been loaded. */
  start(stores: () => readonly IndexedStore[]): void {
    if (this.keeper === undefined || this.stopping.signal.aborted) return;
    this.stores = stores;
    this.keepSoon();
  }

  /** Keeps them once more, within a few seconds; what is under way is given up. */
  async stop(): Promise<void> {
    this.cancelTimer();
    this.stopping.abort(new Error('the replica is stopping'));
    const lastTime = this.keeping.then(() =>
      this.keepAll(YOUNG_AT_STOP_MS, AbortSignal.timeout(STOP_LIMIT_MS)),
    );
    // A folder that does not answer keeps no replica from stopping.
    await withDeadline(lastTime, STOP_LIMIT_MS, 'keeping the indexes').catch((err: unknown) =>
      this.logger.warn({ err }, 'the files of indexes are not written'),
    );
  }

  private keepSoon(): void {
    this.keeping = this.keeping.then(() => this.keepAll(KEEP_EVERY_MS / 2, this.stopping.signal));
    this.cancelTimer = systemTiming.after(KEEP_EVERY_MS, () => this.keepSoon());
  }

  private async keepAll(youngerMs: number, signal: AbortSignal): Promise<void> {
    for (const store of this.stores()) {
      if (signal.aborted) return;
      await this.keeper?.keep(store, youngerMs, signal);
    }
  }

  private report(store: string, news: KeeperNews): void {
    const { reads, writes } = this.counters;
    switch (news.kind) {
      case 'used':
      case 'absent':
        return reads.inc({ outcome: news.kind });
      case 'refused':
        reads.inc({ outcome: 'refused' });
        return this.logger.warn({ err: news.error, store }, 'the file of an index is not used');
      case 'kept':
        return writes.inc({ outcome: 'kept' });
      case 'not kept':
        if (news.error === this.stopping.signal.reason) return; // It is tried once more.
        writes.inc({ outcome: 'failed' });
        return this.logger.warn({ err: news.error, store }, 'the file of an index is not written');
    }
  }
}
