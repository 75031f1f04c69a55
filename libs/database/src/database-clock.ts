import type { Clock } from '#libs/kernel';
import type { PrimaryReader } from './reads/primary-reader.js';
import { sql } from './sql/sql.js';

export interface DatabaseClockOptions {
  readonly reader: Pick<PrimaryReader, 'query'>;
  /** Counts the time between two readings of the database; its wall time is used before the first. */
  readonly local: Clock;
  /** Told when the database's time is not where the local counter expects it, in milliseconds. */
  readonly onJump: (differenceMs: number) => void;
  /** Told when the database could not be asked. */
  readonly onFailure: (error: unknown) => void;
}

/** A difference of two readings that ordinary corrections of a clock explain. */
const ORDINARY_MS = 60_000;
/** A jump that lasts this long is the truth. */
const BELIEVED_AFTER_MS = 300_000;
/** A reading that took longer than this says too little about the moment it was made. */
const MAX_READING_MS = 1_000;

const NOW = sql.byDialect({
  sqlite: sql`SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER) AS now_ms`,
  mssql: sql`SELECT DATEDIFF_BIG(millisecond, '1970-01-01', SYSUTCDATETIME()) AS now_ms`,
});

/**
 * The time of the fleet: that of the database, carried on by the local counter between readings. What
 * several replicas compare (expiries, leases, schedules, what is pruned) is written and judged with
 * it, so a replica whose own clock is wrong does no harm.
 *
 * - Setting the clock of a replica has no effect, ahead or back.
 * - A database whose time jumps by more than a minute is believed once it has said so for five
 *   minutes; until then the earlier time goes on.
 * - Before the first reading the local wall time stands in.
 */
export class DatabaseClock implements Clock {
  /** Database time minus local counter. */
  private offsetMs: number | undefined;
  private suspect: { readonly offsetMs: number; readonly since: number } | undefined;

  constructor(private readonly options: DatabaseClockOptions) {}

  monotonicMs(): number {
    return this.options.local.monotonicMs();
  }

  wallMs(): number {
    const { local } = this.options;
    if (this.offsetMs === undefined) return local.wallMs();
    return Math.round(local.monotonicMs() + this.offsetMs);
  }

  /** Database time minus the local wall time; undefined before the first reading. */
  get differenceMs(): number | undefined {
    return this.offsetMs === undefined ? undefined : this.wallMs() - this.options.local.wallMs();
  }

  /** Compares with the database; answers whether it could be asked. Never rejects: otherwise the last time goes on. */
  async read(): Promise<boolean> {
    const { reader, local, onFailure } = this.options;
    const askedAt = local.monotonicMs();
    let now: number | undefined;
    try {
      now = (await reader.query<{ now_ms: number }>(NOW, { part: 'upkeep' }))[0]?.now_ms;
    } catch (error) {
      onFailure(error);
    }
    if (now === undefined) return false;
    const answeredAt = local.monotonicMs();
    const isUseless = this.offsetMs !== undefined && answeredAt - askedAt > MAX_READING_MS;
    if (!isUseless) this.accept(now - (askedAt + answeredAt) / 2, answeredAt);
    return true;
  }

  private accept(offsetMs: number, now: number): void {
    const current = this.offsetMs ?? offsetMs;
    if (Math.abs(offsetMs - current) <= ORDINARY_MS) {
      this.offsetMs = offsetMs;
      this.suspect = undefined;
      return;
    }
    const isSameJump =
      this.suspect !== undefined && Math.abs(offsetMs - this.suspect.offsetMs) <= ORDINARY_MS;
    if (this.suspect === undefined || !isSameJump) {
      this.suspect = { offsetMs, since: now };
      this.options.onJump(Math.round(offsetMs - current));
    } else if (now - this.suspect.since >= BELIEVED_AFTER_MS) {
      this.offsetMs = offsetMs;
      this.suspect = undefined;
    }
  }
}
