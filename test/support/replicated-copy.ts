import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { temporarySqlite, type SqliteFixture } from '#libs/testing';

interface Definition {
  readonly name: string;
  readonly sql: string;
}

/**
 * The copy of a SQLite database in another site, which is brought on when the test says so and never
 * otherwise. Data and log arrive together: each step is one transaction, so nobody ever sees half of
 * one. There is no file before the first step.
 */
export class ReplicatedCopy {
  private database: BetterSqlite3.Database | undefined;

  private constructor(
    private readonly primaryFile: string,
    private readonly fixture: SqliteFixture,
  ) {}

  /** Of the database with this url (`sqlite:<file>`). */
  static async of(primaryUrl: string): Promise<ReplicatedCopy> {
    return new ReplicatedCopy(primaryUrl.slice('sqlite:'.length), await temporarySqlite());
  }

  get file(): string {
    return join(this.fixture.folder, 'copy.db');
  }

  /** The form that `DATABASE_COPY_URL` takes. */
  get url(): string {
    return `sqlite:${this.file}`;
  }

  /** Brings every table to what the primary holds now. Answers the last position of the copy's log. */
  replicate(): number {
    const database = this.open();
    // The primary is read first in here and stays as it was then: its whole state is of one moment.
    database
      .transaction(() => {
        for (const table of this.definitions('origin', 'table')) this.bring(table);
      })
      .immediate();
    return this.position;
  }

  /** Last position of the copy's log. */
  get position(): number {
    return this.value('SELECT COALESCE(MAX(position), 0) FROM main.invalidation_log');
  }

  /** What the copy says a variant costs, in cents. */
  amountOf(variantId: string): number {
    return this.value('SELECT amount_minor FROM main.price WHERE variant_id = ?', variantId);
  }

  async remove(): Promise<void> {
    this.database?.close();
    await this.fixture.remove();
  }

  private bring({ name, sql }: Definition): void {
    const database = this.open();
    if (!this.definitions('main', 'table').some((own) => own.name === name)) {
      database.exec(sql);
      for (const index of this.definitions('origin', 'index', name)) database.exec(index.sql);
    }
    // What is the same is left alone, so that a step costs what has changed.
    if (!this.differs(name)) return;
    database.exec(`DELETE FROM main."${name}"`);
    database.exec(`INSERT INTO main."${name}" SELECT * FROM origin."${name}"`);
  }

  private differs(table: string): boolean {
    const rows = (schema: 'main' | 'origin') => `SELECT * FROM ${schema}."${table}"`;
    const lacks = `EXISTS (${rows('origin')} EXCEPT ${rows('main')})`;
    const hasMore = `EXISTS (${rows('main')} EXCEPT ${rows('origin')})`;
    return this.value(`SELECT ${lacks} OR ${hasMore}`) === 1;
  }

  private definitions(
    schema: 'main' | 'origin',
    type: 'table' | 'index',
    table?: string,
  ): Definition[] {
    const all = this.open()
      .prepare(
        `SELECT name, tbl_name, sql FROM ${schema}.sqlite_master WHERE type = ? AND sql IS NOT NULL AND name NOT LIKE 'sqlite_%'`,
      )
      .all(type) as (Definition & { readonly tbl_name: string })[];
    return all.filter(({ tbl_name }) => table === undefined || tbl_name === table);
  }

  private value(statement: string, ...parameters: string[]): number {
    return this.open()
      .prepare(statement)
      .pluck()
      .get(...parameters) as number;
  }

  private open(): BetterSqlite3.Database {
    if (this.database !== undefined) return this.database;
    const database = new BetterSqlite3(this.file);
    database.pragma('journal_mode = WAL');
    database.pragma('foreign_keys = OFF');
    database.prepare('ATTACH ? AS origin').run(this.primaryFile);
    this.database = database;
    return database;
  }
}
