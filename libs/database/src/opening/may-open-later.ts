import { certificateProblem, isTransient } from '../sql/dialect.js';

const FOR_OPERATORS: ReadonlySet<string> = new Set([
  'database.no-row-versions',
  'database.not-migrated',
]);

/**
 * False for what stays as it is until an operator mends it: a certificate that is not trusted, a login that
 * is refused, a setting of the database, a schema that is missing. Trying again would only hide it, or lock the login.
 */
export function mayOpenLater(error: unknown): boolean {
  if (certificateProblem(error) !== undefined) return false;
  const { code } = error as { readonly code?: unknown };
  if (typeof code === 'string' && FOR_OPERATORS.has(code)) return false;
  return code !== 'ELOGIN' || isTransient('mssql', error);
}
