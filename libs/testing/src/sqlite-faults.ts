import BetterSqlite3 from 'better-sqlite3';

export interface SqliteFault {
  /** The code of the error, extended ones included: `SQLITE_IOERR_FSYNC`. */
  readonly code: string;
  /** SQLite may end the transaction by itself when a statement fails. */
  readonly endsTransaction: boolean;
  /** Which statement fails, told by its text and its number since `arm`, from 0. */
  readonly hits: (text: string, index: number) => boolean;
}

/** Makes statements of a real SQLite connection fail as a full, broken or missing disk makes them fail. */
export class SqliteFaults {
  /** Every statement that was sent since `arm`, in order. */
  readonly sent: string[] = [];
  private fault: SqliteFault | undefined;

  /** undefined: records only. */
  arm(fault: SqliteFault | undefined): void {
    this.fault = fault;
    this.sent.length = 0;
  }

  /** The `driver` option of TypeORM. */
  readonly driver = this.makeDriver();

  private makeDriver(): unknown {
    const meet = (database: BetterSqlite3.Database, text: string) => this.meet(database, text);
    return function FaultyDatabase(file: string, options: BetterSqlite3.Options) {
      const database = new BetterSqlite3(file, options);
      const prepare = database.prepare.bind(database);
      const exec = database.exec.bind(database);
      database.prepare = ((text: string) => {
        const statement = prepare(text);
        for (const name of ['run', 'all'] as const) {
          const call = statement[name].bind(statement) as (...values: unknown[]) => unknown;
          Object.assign(statement, {
            [name]: (...values: unknown[]) => {
              meet(database, text);
              return call(...values);
            },
          });
        }
        return statement;
      }) as typeof database.prepare;
      database.exec = (text) => {
        meet(database, text);
        return exec(text);
      };
      return database;
    };
  }

  private meet(database: BetterSqlite3.Database, text: string): void {
    const index = this.sent.push(text) - 1;
    const { fault } = this;
    if (fault === undefined || !fault.hits(text, index)) return;
    if (fault.endsTransaction && database.inTransaction) endTransaction(database);
    throw new BetterSqlite3.SqliteError('injected', fault.code);
  }
}

function endTransaction(database: BetterSqlite3.Database): void {
  BetterSqlite3.prototype.exec.call(database, 'ROLLBACK');
}
