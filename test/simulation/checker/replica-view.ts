import type { Agenda } from '../engine/agenda.js';
import type { CommittedState } from '../world/committed-state.js';
import { ROWS, rowOfTag, type RowName } from '../world/settings.js';
import type { SqlWeather } from '../world/sql-access.js';

/**
 * What the checker knows of one replica: for each row the step before which it must not have been
 * read, to be handed to somebody who asks from now on.
 */
export class ReplicaView {
  /** The database was restored, and this replica may not have noticed yet: positions mean nothing. */
  isConfused = false;
  readonly floors: Record<RowName, number> = { p0: -1, p1: -1, p2: -1 };

  constructor(
    readonly name: string,
    private readonly agenda: Agenda,
    /** The database this replica has to be coherent with. */
    readonly state: CommittedState,
    readonly weather: SqlWeather,
    /** The database it reads lags behind the one that commits are announced for. */
    readonly isOnCopy: boolean,
  ) {}

  /** An invalidation was applied: what was read before it is void. */
  applied(tags: readonly string[] | undefined): void {
    const rows = tags === undefined || tags.includes('*') ? ROWS : tags.map(rowOfTag);
    for (const row of rows) if (row !== undefined) this.floors[row] = this.agenda.step;
  }

  /** The log was followed: whatever the database is now, this replica is in step with it. */
  followed(): void {
    this.isConfused = false;
  }

  /** It is known here that this was committed: what was read before the commit is void. */
  informed(position: number, tags: readonly string[]): void {
    if (this.isOnCopy || this.isConfused) return;
    const step = this.state.stepOf(position);
    if (step === undefined) return;
    for (const row of tags.map(rowOfTag)) {
      if (row !== undefined) this.floors[row] = Math.max(this.floors[row], step - 1);
    }
  }
}
