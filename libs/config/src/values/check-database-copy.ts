import type { ConfigValues } from '../config-table.js';
import type { DatabaseUrl } from '../urls/database-url.js';
import type { Role } from '../sections.js';

/** Adds what is wrong with DATABASE_COPY_URL beside the other keys to `problems`. */
export function checkDatabaseCopy(
  role: Role,
  { DATABASE_URL: primary, DATABASE_COPY_URL: copy }: Partial<ConfigValues>,
  problems: string[],
): void {
  if (copy === undefined) return;
  if (role !== 'commerce') {
    problems.push(
      `DATABASE_COPY_URL: is for commerce only; in ${role} staff must read what they wrote and` +
        ' jobs claim rows, so remove it here',
    );
  }
  if (primary === undefined) return;
  if (copy.kind !== primary.kind) {
    problems.push(
      `DATABASE_COPY_URL: names a ${copy.kind} database, and DATABASE_URL a ${primary.kind} one;` +
        ' a copy is of the same kind',
    );
  } else if (identity(copy) === identity(primary)) {
    problems.push(
      'DATABASE_COPY_URL: names the same database as DATABASE_URL; remove it where there is no copy',
    );
  }
}

/** Equal for two addresses of one database, as far as that shows without asking. */
function identity(url: DatabaseUrl): string {
  if (url.kind === 'sqlite') return url.file;
  return JSON.stringify([url.host.toLowerCase(), url.port, url.database.toLowerCase()]);
}
