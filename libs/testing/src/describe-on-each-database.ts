import { describe, jest } from '@jest/globals';
import { parseDatabaseUrl } from '#libs/config';
import { migrateDatabase } from '#libs/database';
import { temporaryMssql } from './mssql-fixture.js';
import { temporarySqlite } from './sqlite-fixture.js';
import { fromTemplate } from './sqlite-template.js';

/** Bounds a failure, on a busy machine and a slow server; no suite depends on the speed of either. */
const TIMEOUT_MS = 240_000;

export interface DatabaseFixture {
  readonly kind: 'sqlite' | 'mssql';
  /** The form that `DATABASE_URL` takes. */
  readonly url: string;
  /** Removes the database. Close every connection first. */
  remove(): Promise<void>;
}

/**
 * Makes a database without rows. A SQLite file has the schema already, which saves the suites the time to make it again
 * and again; a suite opens it as if it had none, since on SQL Server there is none. Call it in beforeAll or beforeEach and `remove` what it made
 * afterwards.
 */
export type OpenDatabaseFixture = () => Promise<DatabaseFixture>;

export interface EachDatabaseOptions {
  /** Why the suite has no meaning on SQL Server: shown beside its skipped name. */
  readonly sqliteOnly?: string;
  /** The suite is about making the schema: it gets a database without one. */
  readonly withoutSchema?: boolean;
}

/**
 * Declares the same suite for SQLite, always, and for the SQL Server of MSSQL_URL, where every
 * fixture is a database of its own. A suite that does not run there is skipped visibly, under a name
 * that says why.
 */
export function describeOnEachDatabase(
  name: string,
  suite: (open: OpenDatabaseFixture, kind: 'sqlite' | 'mssql') => void,
  { sqliteOnly, withoutSchema = false }: EachDatabaseOptions = {},
): void {
  jest.setTimeout(TIMEOUT_MS);
  describe(`${name} on SQLite`, () => {
    suite(async () => {
      const sqlite = await temporarySqlite();
      if (!withoutSchema) {
        await fromTemplate('migrated', sqlite.file, (file) =>
          migrateDatabase(parseDatabaseUrl(`sqlite:${file}`)),
        );
      }
      return { kind: 'sqlite', url: sqlite.url, remove: () => sqlite.remove() };
    }, 'sqlite');
  });

  // The test fixtures read the environment themselves: no replica's configuration is involved.
  const url = process.env['MSSQL_URL'] ?? '';
  const reason = sqliteOnly ?? (url === '' ? 'MSSQL_URL is not set' : undefined);
  const declare = reason === undefined ? describe : describe.skip;
  const suffix = reason === undefined ? '' : ` (skipped: ${reason})`;
  declare(`${name} on SQL Server${suffix}`, () => {
    suite(() => temporaryMssql(url), 'mssql');
  });
}
