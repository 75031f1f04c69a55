import type { Agenda } from '../engine/agenda.js';
import type { Random } from '../engine/random.js';
import { CommittedState } from './committed-state.js';
import type { SqlServer } from './sql-server.js';

/** A copy of the database in another site: transactions arrive late, in the order of their commits. */
export class LaggingCopy {
  readonly state: CommittedState;
  private pausedUntilMs = 0;
  private lastArrivalMs = 0;
  private readonly queue: { dueMs: number; label: string; run: () => void }[] = [];

  constructor(
    private readonly agenda: Agenda,
    private readonly random: Random,
    primary: SqlServer,
    private readonly usualLagMs: number,
  ) {
    this.state = new CommittedState(agenda);
    primary.onCommit((committed) => {
      this.replicate(`replicates ${committed.log.position}`, () => this.state.commit(committed));
    });
  }

  /** Replication stands still for a while. */
  pause(ms: number): void {
    this.pausedUntilMs = Math.max(this.pausedUntilMs, this.agenda.nowMs + ms);
  }

  /** What is due arrives now, not when the pause would have ended. */
  resume(): void {
    this.pausedUntilMs = 0;
    this.arriveAt(this.agenda.nowMs);
  }

  /** Pruning the primary removes the rows of the copy as well, in its turn. */
  prune(to: number): void {
    this.replicate(`replicates the pruning to ${to}`, () => this.state.prune(to));
  }

  private replicate(label: string, run: () => void): void {
    const usual = this.agenda.nowMs + this.random.skewed(this.usualLagMs / 10, this.usualLagMs);
    // Never before what was committed earlier.
    this.lastArrivalMs = Math.max(this.lastArrivalMs, usual);
    this.queue.push({ dueMs: this.lastArrivalMs, label, run });
    this.arriveAt(this.lastArrivalMs);
  }

  private arriveAt(atMs: number): void {
    this.agenda.after(atMs - this.agenda.nowMs, {
      kind: 'io',
      label: 'copy catches up',
      sql: 'write',
      run: () => {
        if (this.pausedUntilMs > this.agenda.nowMs) this.arriveAt(this.pausedUntilMs);
        else this.applyDue();
      },
    });
  }

  private applyDue(): void {
    for (;;) {
      const next = this.queue[0];
      if (next === undefined || next.dueMs > this.agenda.nowMs) return;
      this.queue.shift();
      this.agenda.note(`copy ${next.label}`);
      next.run();
    }
  }
}
