import { Injectable } from '@nestjs/common';
import { DatabaseClock } from '../database-clock.js';
import { migrations } from '../migrations/index.js';
import { PrimaryReader } from '../reads/primary-reader.js';
import { sql } from '../sql/sql.js';

const ROW_VERSIONS = sql.byDialect({
  sqlite: sql`SELECT journal_mode AS mode FROM pragma_journal_mode`,
  mssql: sql`SELECT CASE is_read_committed_snapshot_on WHEN 1 THEN 'on' WHEN 0 THEN 'off' END AS mode
             FROM sys.databases
             WHERE name = DB_NAME()`,
});

/** How the primary database is, for operators. `rowVersions` and `schema` throw `database.unavailable` when it cannot be asked. */
@Injectable()
export class DatabaseState {
  constructor(
    private readonly reader: PrimaryReader,
    private readonly clock: DatabaseClock,
  ) {}

  /** Database time minus that of this machine, in milliseconds; undefined when it could not be read now. */
  async clockDifferenceMs(): Promise<number | undefined> {
    return (await this.clock.read()) ? this.clock.differenceMs : undefined;
  }

  /** `on` or `off` of SQL Server, the journal mode of SQLite; null when the server does not say. */
  async rowVersions(): Promise<string | null> {
    const rows = await this.reader.query<{ mode: string | null }>(ROW_VERSIONS);
    return rows[0]?.mode ?? null;
  }

  /** Names of the migrations that this version needs, and of those that the database has had. */
  async schema(): Promise<{
    readonly needed: readonly string[];
    readonly present: readonly string[];
  }> {
    const rows = await this.reader.query<{ name: string }>(sql`SELECT name FROM migrations`);
    return {
      needed: migrations.map((Migration) => new Migration().name),
      present: rows.map(({ name }) => name),
    };
  }
}
