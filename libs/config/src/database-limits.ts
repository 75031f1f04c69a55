import type { ConfigValues } from './config-table.js';

/** A COMMIT that is sent right before a transaction's bound may run on, but not for another such time. */
const HOLE_GIVE_UP_FACTOR = 2;

export const DEFAULT_LOADS = 64;

/** After that a position that is missing in the invalidation log is taken for one that never comes. */
export function holeGiveUpMs(maxTransactionMs: number): number {
  return maxTransactionMs * HOLE_GIVE_UP_FACTOR;
}

type Databases = Partial<
  Pick<ConfigValues, 'DATABASE_URL' | 'DATABASE_COPY_URL' | 'DATABASE_TLS_CA'>
>;

/** Loads that never wait for each other's connections: each holds one of the database that is read. */
export function mostLoads({ DATABASE_URL: primary, DATABASE_COPY_URL: copy }: Databases): number {
  const read = copy ?? primary;
  return read?.kind === 'mssql' ? read.poolMax : Number.POSITIVE_INFINITY;
}

/** Adds to `problems` which limits of the database do not fit each other. */
export function checkDatabaseLimits(values: Partial<ConfigValues>, problems: string[]): void {
  const {
    DATABASE_URL: url,
    MAX_TRANSACTION_MS: maxTransactionMs,
    CACHE_MAX_LOADS: loads,
    DATABASE_TLS_CA: tlsCa,
  } = values;
  if (loads !== undefined && loads > mostLoads(values)) {
    problems.push(
      `CACHE_MAX_LOADS: ${loads} loads at once, and the database that is read gives them` +
        ` ${mostLoads(values)} connections; raise poolMax in its address, or set at most that`,
    );
  }
  if (url?.kind !== 'mssql') {
    if (url !== undefined && tlsCa !== undefined) {
      problems.push(
        'DATABASE_TLS_CA: is for SQL Server; remove it where DATABASE_URL names a file',
      );
    }
    return;
  }
  if (maxTransactionMs !== undefined && url.requestTimeoutMs > holeGiveUpMs(maxTransactionMs)) {
    problems.push(
      `DATABASE_URL: requestTimeoutMs (${url.requestTimeoutMs}) must be at most` +
        ` ${holeGiveUpMs(maxTransactionMs)}, twice MAX_TRANSACTION_MS, or a COMMIT could arrive after` +
        ' replicas have given up its position in the invalidation log',
    );
  }
  if (tlsCa !== undefined && (url.encrypt === false || url.trustServerCertificate)) {
    problems.push(
      'DATABASE_TLS_CA: is not used with encrypt=false or trustServerCertificate=true; remove one',
    );
  }
}
