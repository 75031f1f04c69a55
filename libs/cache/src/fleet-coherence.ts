import type { Commit, UnitOfWork } from '#libs/database';
import type { Backplane, BackplaneState } from './core/publishing/backplane.js';
import type { Follower } from './core/following/follower.js';
import type { Publisher } from './core/publishing/publisher.js';
import type { AnnouncementSeal } from './core/publishing/announcement-seal.js';
import { decodeMessage } from './core/publishing/wire.js';
import type { FleetReport } from './fleet-report.js';

/**
 * Joins the two paths: what commits here is applied here at once and announced; what others announce
 * is voided; and whenever announcements may have been missed, the log is followed. What does not
 * carry the seal of this installation is counted and otherwise not there.
 */
export class FleetCoherence {
  private stopListening: () => void = () => undefined;

  constructor(
    private readonly seal: Pick<AnnouncementSeal, 'open'>,
    private readonly unitOfWork: Pick<UnitOfWork, 'onCommit'>,
    private readonly follower: Follower,
    private readonly publisher: Publisher,
    private readonly backplane: Backplane,
    private readonly report: FleetReport,
  ) {}

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

  private committed({ position, tags, committedAt }: Commit): void {
    if (position === undefined) return;
    const invalidation = { position, tags, committedAt };
    this.follower.committed(invalidation);
    this.publisher.publish(invalidation);
  }

  private received(text: string): void {
    const opened = this.seal.open(text);
    // Its own commits were applied before they were announced.
    if (opened.kind === 'own') return;
    const message = opened.kind === 'message' ? decodeMessage(opened.body) : undefined;
    if (message !== undefined) {
      this.report.received();
      this.follower.received(message);
    } else if (opened.kind === 'message' || opened.kind === 'unknown version') {
      this.report.otherVersion();
      this.follower.lost();
    } else this.report.ignored(opened.kind);
  }

  private backplaneChanged(state: BackplaneState): void {
    this.report.backplane(state);
    if (state === 'connected') this.follower.nudge();
  }
}
