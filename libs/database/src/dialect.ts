/** The two databases the product speaks; everything that differs between them is decided here or in `sql.ts`. */
export type Dialect = 'sqlite' | 'mssql';

/** A statement takes at most 2,100 parameters on SQL Server; chunk lists at this size. */
export const MAX_PARAMETERS = 2_000;

/**
 * Errors after which the whole unit of work may be run again with a chance of success: deadlocks,
 * fail-over, throttling, lost connections while nothing was committed.
 * Source: SqlServerTransientExceptionDetector of EF Core, without -2 (timeout: the work may have been done).
 */
const TRANSIENT_MSSQL_NUMBERS: ReadonlySet<number> = new Set([
  20, 64, 121, 233, 601, 617, 669, 921, 997, 1203, 1204, 1205, 1221, 1222, 1807, 3935, 3960, 3966,
  4060, 4221, 8628, 8645, 8651, 9515, 10053, 10054, 10060, 10922, 10928, 10929, 10936, 14355, 17197,
  20041, 40143, 40197, 40501, 40540, 40613, 41301, 41302, 41305, 41325, 41839, 42108, 42109, 49802,
  49918, 49919, 49920,
]);

const TRANSIENT_MSSQL_CODES: ReadonlySet<string> = new Set([
  'ESOCKET',
  'ECONNCLOSED',
  'ECONNRESET',
  'ENOTOPEN',
]);

const TRANSIENT_SQLITE_CODES = /^SQLITE_(BUSY|LOCKED)/;

interface DriverFailure {
  readonly code: string | undefined;
  readonly number: number | undefined;
}

/** The driver's own code and number, wherever TypeORM or mssql wrapped it. */
function driverFailure(error: unknown): DriverFailure {
  let current: unknown = error;
  for (let depth = 0; depth < 5 && typeof current === 'object' && current !== null; depth += 1) {
    const candidate = current as {
      code?: unknown;
      number?: unknown;
      driverError?: unknown;
      originalError?: unknown;
      cause?: unknown;
    };
    const code = typeof candidate.code === 'string' ? candidate.code : undefined;
    const number = typeof candidate.number === 'number' ? candidate.number : undefined;
    const inner = candidate.driverError ?? candidate.originalError ?? candidate.cause;
    if (number !== undefined) return { code, number };
    if (code !== undefined && (inner === undefined || inner === current)) return { code, number };
    if (inner === undefined || inner === current) return { code, number };
    const deeper = driverFailure(inner);
    return { code: deeper.code ?? code, number: deeper.number };
  }
  return { code: undefined, number: undefined };
}

/** True when running the unit of work again may succeed. Decided by codes and numbers only. */
export function isTransient(dialect: Dialect, error: unknown): boolean {
  const { code, number } = driverFailure(error);
  if (dialect === 'sqlite') return code !== undefined && TRANSIENT_SQLITE_CODES.test(code);
  if (number !== undefined && TRANSIENT_MSSQL_NUMBERS.has(number)) return true;
  return code !== undefined && TRANSIENT_MSSQL_CODES.has(code);
}

/** True when the database refused a row because an equal key exists. */
export function isUniqueViolation(dialect: Dialect, error: unknown): boolean {
  const { code, number } = driverFailure(error);
  if (dialect === 'sqlite') {
    return code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY';
  }
  return number === 2627 || number === 2601;
}

const CONNECTION_CODES: ReadonlySet<string> = new Set([
  'ESOCKET',
  'ECONNCLOSED',
  'ECONNRESET',
  'ENOTOPEN',
  'ETIMEOUT',
  'ECLOSE',
  'EINVALIDSTATE',
  'ELOGIN',
]);

/** With their extended codes: SQLITE_IOERR_FSYNC and the like. */
const UNREACHABLE_SQLITE_CODES = /^SQLITE_(CANTOPEN|IOERR|NOTADB|PROTOCOL)/;

/** A secondary of an availability group that takes no readers at the moment. */
const CLOSED_SECONDARY_NUMBERS: ReadonlySet<number> = new Set([976, 978, 979, 982, 983, 988]);

/** True when the database could not be reached at all (as opposed to refusing a statement). */
export function isUnreachable(error: unknown): boolean {
  const { code, number } = driverFailure(error);
  if (number !== undefined && CLOSED_SECONDARY_NUMBERS.has(number)) return true;
  return code !== undefined && (CONNECTION_CODES.has(code) || UNREACHABLE_SQLITE_CODES.test(code));
}

const UNWRITABLE_SQLITE_CODES = /^SQLITE_(FULL|READONLY)/;

/** No space in a filegroup (1101, 1105) or in the log (9002), a quota that is used up (40544), a database that takes no writes (3906, 3908). */
const UNWRITABLE_MSSQL_NUMBERS: ReadonlySet<number> = new Set([
  1101, 1105, 3906, 3908, 9002, 40544,
]);

/** True when the database can be read but takes no writes: it is full, or read-only. */
export function isUnwritable(error: unknown): boolean {
  const { code, number } = driverFailure(error);
  if (number !== undefined) return UNWRITABLE_MSSQL_NUMBERS.has(number);
  return code !== undefined && UNWRITABLE_SQLITE_CODES.test(code);
}

const DAMAGING_SQLITE_CODES =
  /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB|NOMEM|INTERRUPT|PROTOCOL)/;

/** True when a SQLite connection should not be trusted after the error, whatever it says of itself. */
export function hasDamagedConnection(error: unknown): boolean {
  const { code } = driverFailure(error);
  return code !== undefined && DAMAGING_SQLITE_CODES.test(code);
}

/** The server says itself that it rolled back: deadlock, conflict of row versions, a doomed transaction. */
const ROLLED_BACK_MSSQL_NUMBERS: ReadonlySet<number> = new Set([
  1205, 3902, 3903, 3930, 3960, 3961, 3966, 3998, 41301, 41302, 41305, 41325, 41839,
]);

/**
 * True when it cannot be told from the failure of a COMMIT whether the change was made: the answer
 * was lost (SQL Server), or the log may hold the commit although it could not be synced (SQLite).
 */
export function isCommitUnknown(dialect: Dialect, error: unknown): boolean {
  const { code, number } = driverFailure(error);
  if (dialect === 'sqlite') return code !== undefined && code.startsWith('SQLITE_IOERR');
  if (code === 'EABORT') return false;
  return number === undefined || !ROLLED_BACK_MSSQL_NUMBERS.has(number);
}
