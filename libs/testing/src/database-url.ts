import { describe } from '@jest/globals';
import { temporarySqlite } from './sqlite-fixture.js';

export interface DatabaseFixture {
  readonly kind: 'sqlite' | 'mssql';
  readonly url: string;
  /** Frees what the fixture made. The tables of a SQL Server stay: the suite owns that database. */
  remove(): Promise<void>;
}

/** Opens the database that `describeOnEachDatabase` names. Call it in beforeAll or beforeEach and `remove` it afterwards. */
export type OpenDatabaseFixture = () => Promise<DatabaseFixture>;

/**
 * Declares the same suite for SQLite, always, and for the SQL Server of MSSQL_URL (an empty database that the tests may change;
 * `mssql://user:password@host:1433/name?encrypt=true`). Without MSSQL_URL the second suite is skipped visibly, under a name that
 * says why.
 */
export function describeOnEachDatabase(
  name: string,
  suite: (open: OpenDatabaseFixture, kind: 'sqlite' | 'mssql') => void,
): void {
  describe(`${name} on SQLite`, () => {
    suite(async () => {
      const sqlite = await temporarySqlite();
      return { kind: 'sqlite', url: sqlite.url, remove: () => sqlite.remove() };
    }, 'sqlite');
  });

  // The test fixtures read the environment themselves: no replica's configuration is involved.
  const url = process.env['MSSQL_URL'];
  const describeIfSet = url === undefined || url === '' ? describe.skip : describe;
  const suffix = url === undefined || url === '' ? ' (skipped: MSSQL_URL is not set)' : '';
  describeIfSet(`${name} on SQL Server${suffix}`, () => {
    suite(async () => ({ kind: 'mssql', url: url ?? '', remove: async () => undefined }), 'mssql');
  });
}
