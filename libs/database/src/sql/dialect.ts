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
  20, 64, 121, 233, 601, 615, 617, 669, 921, 926, 997, 1203, 1204, 1205, 1221, 1222, 1807, 3935,
  3960, 3966, 4060, 4221, 8628, 8645, 8651, 9515, 10053, 10054, 10060, 10922, 10928, 10929, 10936,
  14355, 17197, 20041, 40020, 40143, 40166, 40197, 40501, 40540, 40613, 41301, 41302, 41305, 41325,
  41839, 42108, 42109, 49802, 49918, 49919, 49920,
]);

const TRANSIENT_MSSQL_CODES: ReadonlySet<string> = new Set([
  'ESOCKET',
  'ECONNCLOSED',
  'ECONNRESET',
  'ENOTOPEN',
]);

const TRANSIENT_SQLITE_CODES = /^SQLITE_(BUSY|LOCKED)/;

interface DriverFailure {
  /** The innermost, or the one beside the number. */
  readonly code: string | undefined;
  readonly number: number | undefined;
  /** From the outermost in: the driver's own code stands around that of the socket. */
  readonly codes: readonly string[];
}

const MAX_DEPTH = 8;

/** The driver's own codes and number, wherever TypeORM or mssql wrapped them. */
function driverFailure(error: unknown): DriverFailure {
  const codes: string[] = [];
  let current: unknown = error;
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    if (typeof current !== 'object' || current === null) break;
    const { code, number, driverError, originalError, cause } = current as Partial<
      Record<'code' | 'number' | 'driverError' | 'originalError' | 'cause', unknown>
    >;
    if (typeof code === 'string') codes.push(code);
    if (typeof number === 'number') return { code: codes.at(-1), number, codes };
    const inner = driverError ?? originalError ?? cause;
    if (inner === current) break;
    current = inner;
  }
  return { code: codes.at(-1), number: undefined, codes };
}

/** What Node.js says of a certificate: wrong host, not trusted, out of date. */
const CERTIFICATE_CODES =
  /^(ERR_TLS_CERT|CERT_|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED|UNABLE_TO_(GET|VERIFY|DECODE)|INVALID_CA|PATH_LENGTH|HOSTNAME_MISMATCH)/;

/** The code of what is wrong with the certificate of a server; undefined when nothing is. */
export function certificateProblem(error: unknown): string | undefined {
  return driverFailure(error).codes.find((code) => CERTIFICATE_CODES.test(code));
}

/** Azure SQL moves a database, or has too much to do: asking again at once makes it worse. */
const OVERLOADED_MSSQL_NUMBERS: ReadonlySet<number> = new Set([
  615, 926, 4060, 4221, 10928, 10929, 10936, 40020, 40143, 40166, 40197, 40501, 40540, 40613, 42108,
  42109, 49918, 49919, 49920,
]);

/**
 * Milliseconds to wait before another attempt when the server asks for more than the usual; what Azure
 * recommends: five seconds, doubled each time, at most a minute.
 * Source: https://learn.microsoft.com/azure/azure-sql/database/troubleshoot-common-connectivity-issues
 */
export function recommendedDelayMs(error: unknown, attempt: number): number | undefined {
  const { number } = driverFailure(error);
  if (number === undefined || !OVERLOADED_MSSQL_NUMBERS.has(number)) return undefined;
  return Math.min(60_000, 5_000 * 2 ** (attempt - 1));
}

/** True when running the unit of work again may succeed. Decided by codes and numbers only. */
export function isTransient(dialect: Dialect, error: unknown): boolean {
  const { code, number, codes } = driverFailure(error);
  if (dialect === 'sqlite') return code !== undefined && TRANSIENT_SQLITE_CODES.test(code);
  if (certificateProblem(error) !== undefined) return false;
  if (number !== undefined && TRANSIENT_MSSQL_NUMBERS.has(number)) return true;
  return codes.some((each) => TRANSIENT_MSSQL_CODES.has(each));
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
  const { number, codes } = driverFailure(error);
  if (number !== undefined) {
    if (CLOSED_SECONDARY_NUMBERS.has(number) || OVERLOADED_MSSQL_NUMBERS.has(number)) return true;
  }
  return codes.some((code) => CONNECTION_CODES.has(code) || UNREACHABLE_SQLITE_CODES.test(code));
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
