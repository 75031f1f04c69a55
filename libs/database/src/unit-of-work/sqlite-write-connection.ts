import type BetterSqlite3 from 'better-sqlite3';
import type { DataSource, QueryRunner } from 'typeorm';
import type { DatabaseFile } from '../opening/database-file.js';
import { databaseErrors } from '../database.errors.js';
import { hasDamagedConnection } from '../sql/dialect.js';
import type { StatementWatch } from '../watching/statement-watch.js';
import type { WriteConnection, WriteTransaction } from './write-connection.js';

/** The parts of TypeORM's driver that hold the one connection and the one runner of a data source. */
interface SqliteDriver {
  databaseConnection: BetterSqlite3.Database;
  queryRunner: QueryRunner | undefined;
  connect(): Promise<void>;
}

/**
 * The one writing connection of a process.
 *
 * TypeORM counts in its runner how deep a transaction is nested, and believes its count: once a COMMIT
 * or a ROLLBACK has failed the count is wrong for good, every later unit becomes a savepoint of a
 * transaction that never ends, and is acknowledged. Here only SQLite's own `inTransaction` counts. A
 * runner that saw a failure is never used again, and a connection that cannot be shown to be clean is
 * closed and opened anew.
 */
export class SqliteWriteConnection implements WriteConnection {
  private readonly driver: SqliteDriver;
  private isThrownAway = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly watch: StatementWatch,
    private readonly file: DatabaseFile,
  ) {
    this.driver = dataSource.driver as unknown as SqliteDriver;
  }

  async begin(): Promise<WriteTransaction> {
    this.file.assertSame();
    if (this.isThrownAway || this.isInTransaction) await this.reopen();
    const runner = this.dataSource.createQueryRunner();
    let hasBegun = false;
    this.watch.watch(runner, () => {
      // Some failures make SQLite end the transaction by itself: a statement sent after that would
      // commit on its own.
      if (hasBegun && !this.isInTransaction) throw databaseErrors.transactionLost();
    });
    try {
      await runner.startTransaction();
      hasBegun = true;
      await runner.query('DELETE FROM write_lock WHERE 0');
      if (!this.isInTransaction) throw databaseErrors.transactionLost();
    } catch (error) {
      await this.abandon(runner, error);
      throw error;
    }
    return new SqliteTransaction(this, runner, this.watch);
  }

  async commit(runner: QueryRunner): Promise<void> {
    await runner.commitTransaction();
    this.watch.forget(runner);
    if (this.isInTransaction || runner.isTransactionActive) throw databaseErrors.transactionLost();
    this.file.assertSame();
  }

  async abandon(runner: QueryRunner, cause: unknown): Promise<void> {
    this.watch.forget(runner);
    retire(runner);
    this.driver.queryRunner = undefined;
    if (hasDamagedConnection(cause) || !this.rolledBack()) {
      this.isThrownAway = true;
      // What cannot be opened now is tried again by the next unit of work, which then says why.
      await this.reopen().catch(() => undefined);
    }
  }

  private get isInTransaction(): boolean {
    return this.driver.databaseConnection.inTransaction;
  }

  private rolledBack(): boolean {
    try {
      if (this.isInTransaction) this.driver.databaseConnection.exec('ROLLBACK');
    } catch {
      // Whether that matters is decided by the state it left.
    }
    return !this.isInTransaction;
  }

  private async reopen(): Promise<void> {
    this.isThrownAway = true;
    this.driver.queryRunner = undefined;
    if (this.driver.databaseConnection.open) this.driver.databaseConnection.close();
    this.file.forgetLog();
    await this.driver.connect();
    this.file.assertSame();
    this.isThrownAway = false;
  }
}

/** Statements through it are refused from now on, whoever still holds it. */
function retire(runner: QueryRunner): void {
  (runner as { isReleased: boolean }).isReleased = true;
}

class SqliteTransaction implements WriteTransaction {
  constructor(
    private readonly connection: SqliteWriteConnection,
    readonly runner: QueryRunner,
    private readonly watch: StatementWatch,
  ) {}

  get statementMs(): number {
    return this.watch.spentMs(this.runner);
  }

  commit(): Promise<void> {
    return this.connection.commit(this.runner);
  }

  abandon(cause: unknown): Promise<void> {
    return this.connection.abandon(this.runner, cause);
  }
}
