import type { ConfigValues } from '../config-table.js';

/** A COMMIT that is sent right before a transaction's bound may run on, but not for another such time. */
const HOLE_GIVE_UP_FACTOR = 2;

/** After that a position that is missing in the invalidation log is taken for one that never comes. */
export function holeGiveUpMs(maxTransactionMs: number): number {
  return maxTransactionMs * HOLE_GIVE_UP_FACTOR;
}

/** Adds to `problems` which limits of the database do not fit each other. */
export function checkDatabaseLimits(values: Partial<ConfigValues>, problems: string[]): void {
  const {
    DATABASE_URL: url,
    MAX_TRANSACTION_MS: maxTransactionMs,
    DATABASE_TLS_CA: tlsCa,
  } = values;
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
