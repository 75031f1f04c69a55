import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DatabaseClock, UnitOfWork } from '#libs/database';
import { OperationalError } from '#libs/kernel';
import { Logger } from '#libs/observability';
import { MissLog } from '../../model/misses/miss-log.js';
import { MissRepository } from './miss.repository.js';

const WRITE_INTERVAL_MS = 60_000;
const DAY_MS = 24 * 60 * 60_000;

/**
 * Notes which searches had no result, for staff. A replica counts them in memory and writes the most frequent
 * once a minute, and when it stops; what cannot be written is lost, because a shopper never waits for it.
 * Nothing is kept of who searched, and of when only the day.
 */
@Injectable()
export class MissRecorder implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly misses = new MissLog();
  private timer: NodeJS.Timeout | undefined;
  private written = Promise.resolve();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: DatabaseClock,
    private readonly repository: MissRepository,
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
    this.misses.note(storeId, locale, query);
  }

  /** Writes what was noted so far, behind what is being written already. Never throws. */
  write(): Promise<void> {
    this.written = this.written.then(() => this.writeNoted());
    return this.written;
  }

  /** Each store in a unit of work of its own. */
  private async writeNoted(): Promise<void> {
    const day = this.clock.wallMs() - (this.clock.wallMs() % DAY_MS);
    for (const [storeId, misses] of this.misses.take()) {
      try {
        await this.unitOfWork.run((tx) => this.repository.add(tx, storeId, misses, day));
      } catch (err) {
        this.logger.warn({ err }, 'searches without a result could not be written');
        // All stores are in one database: a replica that stops does not wait for it once for each.
        if (err instanceof OperationalError) return;
      }
    }
  }
}
