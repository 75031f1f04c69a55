import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DatabaseClock, UnitOfWork } from '#libs/database';
import { OperationalError } from '#libs/kernel';
import { Logger } from '#libs/observability';
import { MissLog } from '../../model/misses/miss-log.js';
import { PopularQueryRepository } from './popular-query.repository.js';

const WRITE_INTERVAL_MS = 60_000;
const DAY_MS = 24 * 60 * 60_000;

/**
 * Notes which searches had a result, to suggest the popular ones, as searches without one are noted: in memory, written once a
 * minute. However often a query comes in a minute, a replica counts one use, so nobody makes a query popular at once.
 */
@Injectable()
export class PopularQueryRecorder implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly queries = new MissLog();
  private timer: NodeJS.Timeout | undefined;
  private written = Promise.resolve();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: DatabaseClock,
    private readonly repository: PopularQueryRepository,
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
    this.queries.note(storeId, locale, query);
  }

  /** Writes what was noted so far, behind what is being written already. Never throws. */
  write(): Promise<void> {
    this.written = this.written.then(() => this.writeNoted());
    return this.written;
  }

  private async writeNoted(): Promise<void> {
    const day = this.clock.wallMs() - (this.clock.wallMs() % DAY_MS);
    for (const [storeId, queries] of this.queries.take()) {
      try {
        await this.unitOfWork.run((tx) => this.repository.add(tx, storeId, queries, day));
      } catch (err) {
        this.logger.warn({ err }, 'searches with a result could not be written');
        // All stores are in one database: a replica that stops does not wait for it once for each.
        if (err instanceof OperationalError) return;
      }
    }
  }
}
