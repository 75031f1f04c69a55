import type { DataSource } from 'typeorm';
import { databaseErrors } from '../database.errors.js';
import { certificateProblem } from '../sql/dialect.js';

/**
 * Opens the connections of a server. Throws `database.certificate-not-trusted`, which trying again does
 * not mend, and the error of the driver.
 */
export async function initialize(dataSource: DataSource): Promise<DataSource> {
  try {
    return await dataSource.initialize();
  } catch (error) {
    const problem = certificateProblem(error);
    if (problem === undefined) throw error;
    throw databaseErrors.certificate({
      message:
        `the certificate of the database server is not trusted (${problem}): give the authority that signed it` +
        ' as DATABASE_TLS_CA_FILE, and use the host name it is for; or, on a machine of your own, trustServerCertificate=true',
      cause: error,
    });
  }
}

interface RowVersions {
  readonly is_on: boolean | number | null;
}

const IS_ON =
  'SELECT is_read_committed_snapshot_on AS is_on FROM sys.databases WHERE name = DB_NAME()';

async function hasRowVersions(dataSource: DataSource): Promise<boolean> {
  const rows = await dataSource.query<RowVersions[]>(IS_ON);
  // A login that may not see the row, and a server that does not say, are no proof that it is off.
  const isOn = rows[0]?.is_on ?? true;
  return Number(isOn) !== 0;
}

/** Throws `database.no-row-versions` when the server says that READ_COMMITTED_SNAPSHOT is off. */
export async function requireRowVersions(dataSource: DataSource): Promise<void> {
  if (await hasRowVersions(dataSource)) return;
  throw databaseErrors.noRowVersions({
    message:
      'READ_COMMITTED_SNAPSHOT is off, so readers would wait for writers and stand in their way; set it with' +
      ' ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE, as a login that may alter the database',
  });
}

/**
 * Turns READ_COMMITTED_SNAPSHOT on where it is off and the login may. It ends the transactions of others,
 * so replicas run already only when it was never done before.
 */
export async function ensureRowVersions(dataSource: DataSource): Promise<void> {
  if (await hasRowVersions(dataSource)) return;
  try {
    await dataSource.query(
      'ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE',
    );
  } catch {
    // A login that may not do it is told how it is done, and by whom.
    await requireRowVersions(dataSource);
  }
}
