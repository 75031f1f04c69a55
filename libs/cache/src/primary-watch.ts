import type { InvalidationLog } from '#libs/database';
import type { Follower } from './core/following/follower.js';

const INTERVAL_MS = 5_000;

/**
 * Tells a replica that follows a copy how far the log of the primary is, so that it can say how far
 * its copy is behind. Announcements say it sooner, but not when Redis is away, when the sites share
 * none, or of what committed before the replica started.
 */
export class PrimaryWatch {
  private timer: NodeJS.Timeout | undefined;
  private isAsking = false;

  constructor(
    private readonly primaryLog: Pick<InvalidationLog, 'bounds'>,
    private readonly follower: Pick<Follower, 'copyLag' | 'primaryIsAt'>,
  ) {}

  start(): void {
    if (this.follower.copyLag === undefined) return;
    void this.ask();
    this.timer = setInterval(() => void this.ask(), INTERVAL_MS);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async ask(): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      this.follower.primaryIsAt((await this.primaryLog.bounds()).last);
    } catch {
      // The primary is away. A write says so; what is known of its log stays as it is.
    } finally {
      this.isAsking = false;
    }
  }
}
