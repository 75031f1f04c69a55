import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { DatabaseClock, Transaction, UnitOfWork } from '#libs/database';
import { OperationalError } from '#libs/kernel';
import type { Logger } from '#libs/observability';
import { SearchNotes, type NotedSearch } from '../../model/noting/search-notes.js';

const WRITE_INTERVAL_MS = 60_000;
const DAY_MS = 24 * 60 * 60_000;

/** Where one kind of searches is kept. */
export interface KeptSearches {
  add(
    tx: Transaction,
    storeId: string,
    searches: readonly NotedSearch[],
    lastAt: number,
  ): Promise<void>;
}

/**
 * Notes what was searched for. A replica counts in memory and writes the most frequent once a minute, and when it stops;
 * what cannot be written is lost, because a shopper never waits for it. Nothing is kept of who searched, and of when only
 * the day.
 */
export abstract class SearchRecorder implements OnApplicationBootstrap, BeforeApplicationShutdown {
  protected abstract readonly kept: KeptSearches;
  private readonly notes = new SearchNotes();
  private timer: NodeJS.Timeout | undefined;
  private written = Promise.resolve();

  protected constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: DatabaseClock,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.write(), WRITE_INTERVAL_MS);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.write();
  }

  note(storeId: string, locale: string, query: string): void {
    this.notes.note(storeId, locale, query);
  }

  /** Writes what was noted so far, behind what is being written already. Never throws. */
  write(): Promise<void> {
    this.written = this.written.then(() => this.writeNoted());
    return this.written;
  }

  /** Each store in a unit of work of its own. */
  private async writeNoted(): Promise<void> {
    const day = this.clock.wallMs() - (this.clock.wallMs() % DAY_MS);
    for (const [storeId, searches] of this.notes.take()) {
      try {
        await this.unitOfWork.run((tx) => this.kept.add(tx, storeId, searches, day));
      } catch (err) {
        this.logger.warn({ err, recorder: this.constructor.name }, 'searches could not be noted');
        // All stores are in one database: a replica that stops does not wait for it once for each.
        if (err instanceof OperationalError) return;
      }
    }
  }
}
