import type { Agenda } from '../engine/agenda.js';
import { RowHistory } from './row-history.js';
import { ROWS, type RowName } from './settings.js';

export interface RowChange {
  readonly row: RowName;
  readonly revision: number | undefined;
}

export interface LogRow {
  readonly position: number;
  readonly tags: readonly string[];
  /** By the wall clock of the writer. */
  readonly committedAt: number;
}

/** What one transaction leaves behind, at one instant. */
export interface CommittedTransaction {
  readonly changes: readonly RowChange[];
  readonly log: LogRow;
}

export interface Backup {
  readonly rows: ReadonlyMap<RowName, number | undefined>;
  readonly log: readonly LogRow[];
  readonly prunedTo: number;
}

/** The committed content of one database: the rows and the invalidation log, which change together. */
export class CommittedState {
  readonly history = new RowHistory();
  private log: LogRow[] = [];
  private floor = 0;
  private readonly steps = new Map<number, number>();
  /** What was changed together, and when; a restore is one change. */
  readonly changes: { readonly step: number; readonly rows: readonly RowName[] }[] = [];

  constructor(private readonly agenda: Agenda) {}

  get prunedTo(): number {
    return this.floor;
  }

  get last(): number {
    return this.log.at(-1)?.position ?? this.floor;
  }

  commit({ changes, log }: CommittedTransaction): void {
    for (const { row, revision } of changes) this.set(row, revision);
    this.changedTogether(changes.map(({ row }) => row));
    let index = this.log.length;
    while ((this.log[index - 1]?.position ?? 0) > log.position) index -= 1;
    this.log.splice(index, 0, log);
    this.steps.set(log.position, this.agenda.step);
  }

  /** When a position became visible here; undefined while it is not. */
  stepOf(position: number): number | undefined {
    return this.steps.get(position);
  }

  rowsAfter(position: number, limit: number): LogRow[] {
    return this.log.filter((row) => row.position > position).slice(0, limit);
  }

  rowAt(position: number): LogRow | undefined {
    return this.log.find((row) => row.position === position);
  }

  newestUpTo(position: number): LogRow | undefined {
    return this.log.findLast((row) => row.position <= position);
  }

  /** The same rule as `InvalidationLog.settledPosition`. */
  settledPosition(settleMs: number): number {
    const newest = this.log.reduce((max, row) => Math.max(max, row.committedAt), -Infinity);
    return this.log.reduce(
      (settled, row) =>
        row.committedAt < newest - settleMs ? Math.max(settled, row.position) : settled,
      this.floor,
    );
  }

  /** Up to where `InvalidationLog.prune` would remove: never the newest row. */
  prunableTo(committedBefore: number): number {
    const { last } = this;
    return this.log.reduce(
      (to, row) =>
        row.committedAt < committedBefore && row.position < last ? Math.max(to, row.position) : to,
      this.floor,
    );
  }

  prune(to: number): void {
    this.floor = Math.max(this.floor, to);
    this.log = this.log.filter((row) => row.position > to);
  }

  backup(): Backup {
    return { rows: this.history.snapshot(), log: [...this.log], prunedTo: this.floor };
  }

  restore(backup: Backup): void {
    const restored = ROWS.filter(
      (row) => this.history.current(row).revision !== backup.rows.get(row),
    );
    for (const row of restored) this.set(row, backup.rows.get(row));
    this.changedTogether(restored);
    this.log = [...backup.log];
    this.floor = backup.prunedTo;
    for (const position of this.steps.keys()) {
      if (this.rowAt(position) === undefined && position > this.floor) this.steps.delete(position);
    }
  }

  private changedTogether(rows: readonly RowName[]): void {
    if (rows.length > 0) this.changes.push({ step: this.agenda.step, rows });
  }

  private set(row: RowName, revision: number | undefined): void {
    this.history.record(row, {
      revision,
      step: this.agenda.step,
      atMs: this.agenda.nowMs,
    });
  }
}
