import { createHash } from 'node:crypto';
import { sql } from '#libs/database';
import { eventually, openDatabase, type OpenDatabase } from '#libs/testing';

/** What replicas write down about themselves while nobody asks for anything. */
const BOOKKEEPING = ['replica', 'schedule', 'hot_keys'];

/** Hash of the rows of each table. */
export type Fingerprint = Readonly<Record<string, string>>;

/** The database of a fleet as it is, read by the test itself over a connection of its own. */
export class DatabaseView {
  private last: { readonly key: string; readonly fingerprint: Fingerprint } | undefined;

  private constructor(private readonly database: OpenDatabase) {}

  /** From then on nothing is scheduled: it would look like an effect of what the test does. */
  static async open(url: string): Promise<DatabaseView> {
    const view = new DatabaseView(await openDatabase(url));
    const isScheduled = sql`dedupe_key LIKE 'schedule:%'`;
    await view.database.unitOfWork.run(async (tx) => {
      await tx.execute(sql`UPDATE schedule SET enabled = 0`);
      await tx.execute(
        sql`DELETE FROM job WHERE ${isScheduled} AND state IN ('pending', 'dispatched')`,
      );
    });
    const active = sql`SELECT COUNT(*) AS v FROM job WHERE ${isScheduled} AND state = 'active'`;
    await eventually('what was scheduled has ended', async () => (await view.value(active)) === 0);
    return view;
  }

  /** Everything that is stored. Two that are equal prove that nothing was changed in between. */
  async fingerprint(options: { readonly without?: readonly string[] } = {}): Promise<Fingerprint> {
    const ignored = new Set([...BOOKKEEPING, ...(options.without ?? [])]);
    // SQLite counts up when another connection has committed; mostly none has.
    const [version] = await this.rows(sql`PRAGMA data_version`);
    const key = JSON.stringify([version, ...ignored]);
    if (this.last?.key === key) return this.last.fingerprint;
    const hashes: Record<string, string> = {};
    for (const [name, rows] of Object.entries(await this.everything({ without: [...ignored] }))) {
      const sorted = rows.map((row) => JSON.stringify(row)).sort();
      hashes[name] = createHash('sha256').update(sorted.join()).digest('hex').slice(0, 12);
    }
    this.last = { key, fingerprint: hashes };
    return hashes;
  }

  /** The rows of each table. */
  async everything({
    without,
  }: {
    readonly without: readonly string[];
  }): Promise<Readonly<Record<string, readonly object[]>>> {
    const tables = await this.rows<{ name: string }>(
      sql`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
    );
    const stored: Record<string, readonly object[]> = {};
    for (const { name } of tables) {
      if (without.includes(name)) continue;
      stored[name] = await this.rows(sql`SELECT * FROM ${sql.identifier(name)}`);
    }
    return stored;
  }

  /** The last position of the invalidation log. */
  async logPosition(): Promise<number> {
    return this.value(sql`SELECT COALESCE(MAX(position), 0) AS v FROM invalidation_log`);
  }

  /** What was invalidated after the position. */
  async tagsAfter(position: number): Promise<string[]> {
    const rows = await this.rows<{ tags_json: string }>(
      sql`SELECT tags_json FROM invalidation_log WHERE position > ${position} ORDER BY position`,
    );
    return rows.flatMap((row) => JSON.parse(row.tags_json) as string[]);
  }

  /** The number that a statement answers under the name `v`. */
  async value(statement: Parameters<OpenDatabase['reader']['query']>[0]): Promise<number> {
    const [row] = await this.rows<{ v: number }>(statement);
    return row?.v ?? 0;
  }

  rows<Row extends object>(
    statement: Parameters<OpenDatabase['reader']['query']>[0],
  ): Promise<Row[]> {
    return this.database.reader.query<Row>(statement);
  }

  close(): Promise<void> {
    return this.database.close();
  }
}
