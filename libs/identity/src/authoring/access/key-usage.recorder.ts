import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { sql, UnitOfWork } from '#libs/database';
import { withDeadline, type Clock } from '#libs/kernel';
import { Logger } from '#libs/observability';
import { IDENTITY_CLOCK } from './identity-clock.js';

const FLUSH_INTERVAL_MS = 60_000;
const LAST_FLUSH_TIMEOUT_MS = 1_000;

/**
 * Remembers when API keys were used and writes it down at most once a minute, never on behalf of a
 * request. A process that dies loses at most that minute.
 */
@Injectable()
export class KeyUsageRecorder implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private lastUsed = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(IDENTITY_CLOCK) private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.flush(), FLUSH_INTERVAL_MS);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await withDeadline(this.flush(), LAST_FLUSH_TIMEOUT_MS, 'writing the use of API keys').catch(
      (error: unknown) =>
        this.logger.warn({ err: error }, 'the last use of API keys is not stored'),
    );
  }

  noteUse(keyId: string): void {
    this.lastUsed.set(keyId, this.clock.wallMs());
  }

  /** Writes what was noted; what cannot be written now is kept for the next time. Never rejects. */
  async flush(): Promise<void> {
    if (this.lastUsed.size === 0) return;
    const noted = this.lastUsed;
    this.lastUsed = new Map();
    try {
      await this.unitOfWork.run(async (tx) => {
        for (const [keyId, at] of noted) {
          await tx.execute(
            sql`UPDATE api_key SET last_used_at = ${at}
                WHERE id = ${keyId} AND (last_used_at IS NULL OR last_used_at < ${at})`,
          );
        }
      });
    } catch (error) {
      for (const [keyId, at] of noted) if (!this.lastUsed.has(keyId)) this.lastUsed.set(keyId, at);
      this.logger.warn({ err: error }, 'the use of API keys could not be stored yet');
    }
  }
}
