import { Injectable } from '@nestjs/common';
import {
  isUniqueViolation,
  PrimaryReader,
  type RowOf,
  type ScheduleEntity,
  sql,
  UnitOfWork,
  type Transaction,
} from '#libs/database';

export type ScheduleRow = RowOf<ScheduleEntity>;

export interface KnownSchedule {
  readonly name: string;
  readonly cron: string;
  readonly nextAt: number;
}

/** Schedules go on whatever jobs are at. */
const UPKEEP = { part: 'upkeep' } as const;
const COLUMNS = sql`name, cron, enabled, next_at, last_at, last_job_id`;

/** The schedules as the fleet sees them. */
@Injectable()
export class ScheduleRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: PrimaryReader,
  ) {}

  list(): Promise<ScheduleRow[]> {
    return this.reader.query<ScheduleRow>(sql`
      SELECT ${COLUMNS}
      FROM schedule
      ORDER BY name`);
  }

  listEnabled(): Promise<ScheduleRow[]> {
    return this.reader.query<ScheduleRow>(
      sql`
        SELECT ${COLUMNS}
        FROM schedule
        WHERE enabled = 1
        ORDER BY name`,
      UPKEEP,
    );
  }

  /** Moves an occurrence that was written wrongly to `nextAt`, unless it has changed since. */
  async pullBack(row: ScheduleRow, nextAt: number): Promise<void> {
    await this.unitOfWork.run(
      (tx) =>
        tx.execute(sql`
        UPDATE schedule
        SET next_at = ${nextAt}
        WHERE name = ${row.name} AND next_at = ${row.next_at}`),
      UPKEEP,
    );
  }

  /** Adds what is new, follows changed cron texts, removes what the code no longer has. */
  async ensure(known: readonly KnownSchedule[]): Promise<void> {
    const stored = new Map((await this.list()).map((row) => [row.name, row.cron]));
    const isSame = known.every(({ name, cron }) => stored.get(name) === cron);
    if (isSame && stored.size === known.length) return;
    try {
      await this.store(known);
    } catch (error) {
      // Another replica that starts at the same moment has added one: now it is there to be found.
      if (!isUniqueViolation(this.unitOfWork.dialect, error)) throw error;
      await this.store(known);
    }
  }

  private async store(known: readonly KnownSchedule[]): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const names = known.map(({ name }) => name);
      const obsolete = names.length === 0 ? sql`1 = 1` : sql`name NOT IN ${sql.in(names)}`;
      await tx.execute(sql`DELETE FROM schedule WHERE ${obsolete}`);
      for (const schedule of known) await this.ensureOne(tx, schedule);
    });
  }

  /**
   * Takes an occurrence within `tx`. Answers false when another replica has taken it: the next one
   * is then later already.
   */
  async tryTake(tx: Transaction, row: ScheduleRow, nextAt: number, now: number): Promise<boolean> {
    const taken = await tx.execute(
      sql`UPDATE schedule SET next_at = ${nextAt}, last_at = ${now}
          WHERE name = ${row.name} AND next_at = ${row.next_at} AND enabled = 1`,
    );
    return taken > 0;
  }

  async noteJob(tx: Transaction, name: string, jobId: string, now: number): Promise<void> {
    await tx.execute(
      sql`
        UPDATE schedule
        SET last_job_id = ${jobId}, last_at = ${now}
        WHERE name = ${name}`,
    );
  }

  private async ensureOne(tx: Transaction, { name, cron, nextAt }: KnownSchedule): Promise<void> {
    const hint = sql.byDialect({ sqlite: sql.empty, mssql: sql` WITH (UPDLOCK, HOLDLOCK)` });
    const rows = await tx.query<RowOf<ScheduleEntity, 'cron'>>(
      sql`
        SELECT cron
        FROM schedule${hint}
        WHERE name = ${name}`,
    );
    if (rows[0]?.cron === cron) return;
    if (rows[0] === undefined) {
      await tx.execute(sql.insert('schedule', [{ name, cron, enabled: true, next_at: nextAt }]));
      return;
    }
    await tx.execute(
      sql`
        UPDATE schedule
        SET cron = ${cron}, next_at = ${nextAt}
        WHERE name = ${name}`,
    );
  }
}
