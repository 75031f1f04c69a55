import type { DataSource, QueryRunner } from 'typeorm';
import { LockstepError, withDeadline } from '#libs/kernel';
import { databaseErrors } from '../database.errors.js';
import type { StatementWatch } from '../watching/statement-watch.js';
import type { WriteConnection, WriteTransaction } from './write-connection.js';

type Callback = (error?: Error | null, ...rest: unknown[]) => void;
type Ending = (callback: Callback, ...rest: unknown[]) => void;

/** The parts of tedious' connection that end a transaction or the connection. */
interface TediousConnection {
  readonly closed: boolean;
  close(): void;
  commitTransaction: Ending;
  rollbackTransaction: Ending;
}

const ROLLBACK_MS = 2_000;
/** Where mssql's transaction keeps its connection; gone when the pool has it back. */
const ACQUIRED = '_acquiredConnection';

/**
 * Transactions on the pool of SQL Server. The pool takes a connection back whatever its COMMIT or
 * ROLLBACK answered; one whose transaction may still be open would then be lent out again. Here such
 * a connection is closed before the pool gets it, which makes the server roll back.
 */
export class MssqlWriteConnection implements WriteConnection {
  private readonly guarded = new WeakSet<TediousConnection>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly watch: StatementWatch,
  ) {}

  async begin(boundMs: number): Promise<WriteTransaction> {
    const runner = this.dataSource.createQueryRunner();
    this.watch.watch(runner, () => undefined);
    const begun = runner.startTransaction();
    try {
      await withDeadline(begun, boundMs, 'beginning a transaction');
    } catch (error) {
      // One that begins after all is of no use to anybody any more.
      void begun.then(() => endLate(runner)).catch(() => undefined);
      // There was a connection for it: the server does not answer.
      throw error instanceof LockstepError
        ? databaseErrors.unavailable({ cause: error, retryAfterSeconds: 2 })
        : error;
    }
    const connection = connectionOf(runner);
    if (!this.guarded.has(connection)) {
      this.guarded.add(connection);
      closeWhenEndingFails(connection, 'commitTransaction');
      closeWhenEndingFails(connection, 'rollbackTransaction');
    }
    return new MssqlTransaction(runner, connection, this.watch);
  }
}

async function endLate(runner: QueryRunner): Promise<void> {
  const connection = connectionOf(runner);
  await runner.rollbackTransaction().catch(() => connection.close());
  await runner.release();
}

function connectionOf(runner: QueryRunner): TediousConnection {
  const { databaseConnection } = runner as unknown as {
    readonly databaseConnection?: { readonly [ACQUIRED]?: TediousConnection };
  };
  const connection = databaseConnection?.[ACQUIRED];
  if (connection === undefined) throw databaseErrors.transactionLost();
  return connection;
}

function closeWhenEndingFails(
  connection: TediousConnection,
  name: 'commitTransaction' | 'rollbackTransaction',
): void {
  const end = connection[name];
  connection[name] = (callback, ...rest) => {
    end.call(
      connection,
      (error, ...answers) => {
        if (error !== undefined && error !== null) connection.close();
        callback(error, ...answers);
      },
      ...rest,
    );
  };
}

class MssqlTransaction implements WriteTransaction {
  constructor(
    readonly runner: QueryRunner,
    private readonly connection: TediousConnection,
    private readonly watch: StatementWatch,
  ) {}

  get statementMs(): number {
    return this.watch.spentMs(this.runner);
  }

  async commit(): Promise<void> {
    await this.runner.commitTransaction();
    if (this.runner.isTransactionActive) throw databaseErrors.transactionLost();
    await this.runner.release();
  }

  async abandon(): Promise<void> {
    try {
      if (this.isOpen) {
        await withDeadline(this.runner.rollbackTransaction(), ROLLBACK_MS, 'a rollback');
      }
    } catch {
      // Closing makes the server roll back; unless it has done so, and the pool has the connection.
      if (this.isOpen) this.connection.close();
    } finally {
      await this.runner.release();
    }
  }

  /** False as soon as the pool has the connection back: it may serve somebody else then. */
  private get isOpen(): boolean {
    const { databaseConnection } = this.runner as unknown as {
      readonly databaseConnection?: { readonly [ACQUIRED]?: unknown } | null;
    };
    return databaseConnection?.[ACQUIRED] === this.connection;
  }
}
