import type { Commit, UnitOfWork } from '#libs/database';
import type { Logger } from '#libs/observability';
import type { Backplane, BackplaneState } from './core/backplane.js';
import type { Follower } from './core/follower.js';
import type { Publisher } from './core/publisher.js';
import { decodeMessage, messageStart } from './core/wire.js';

/** What is counted of the fast path. */
export type FleetCounters = Readonly<
  Record<'received' | 'unknownMessages' | 'backplaneSilences', { inc(): void }>
>;

/**
 * Joins the two paths: what commits here is applied here at once and announced; what others announce
 * is applied; and whenever announcements may have been missed, the log is followed.
 */
export class FleetCoherence {
  private readonly ownStart: string;
  private stopListening: () => void = () => undefined;

  constructor(
    origin: string,
    private readonly unitOfWork: Pick<UnitOfWork, 'onCommit'>,
    private readonly follower: Follower,
    private readonly publisher: Publisher,
    private readonly backplane: Backplane,
    private readonly logger: Pick<Logger, 'info' | 'warn'>,
    private readonly metrics: FleetCounters,
  ) {
    this.ownStart = messageStart(origin);
  }

  start(): void {
    this.stopListening = this.unitOfWork.onCommit((commit) => this.committed(commit));
    this.backplane.start({
      message: (text) => this.received(text),
      stateChanged: (state) => this.backplaneChanged(state),
    });
    this.follower.start();
  }

  async stop(): Promise<void> {
    this.stopListening();
    this.follower.stop();
    await this.backplane.stop();
  }

  private committed({ position, tags }: Commit): void {
    if (position === undefined) return;
    const invalidation = { position, tags };
    this.follower.committed(invalidation);
    this.publisher.publish(invalidation);
  }

  private received(text: string): void {
    // Its own commits were applied before they were announced.
    if (text.startsWith(this.ownStart)) return;
    const message = decodeMessage(text);
    if (message === undefined) {
      this.metrics.unknownMessages.inc();
      this.logger.warn({}, 'a backplane message of another version: the cache is cleared');
      this.follower.lost();
      return;
    }
    this.metrics.received.inc();
    this.follower.received(message);
  }

  private backplaneChanged(state: BackplaneState): void {
    if (state === 'silent') this.metrics.backplaneSilences.inc();
    if (state === 'connected') {
      this.logger.info({}, 'the backplane is connected');
      this.follower.nudge();
    } else {
      this.logger.warn({ state }, 'the backplane is not heard; the log is followed instead');
    }
  }
}
