import type { ConfigKey } from '../config-key.js';
import { parseDatabaseUrl } from '../urls/database-url.js';
import { integer, parsedText } from '../values/value-schemas.js';

const MINUTE_MS = 60_000;

/** Its message does not repeat the text: a key pasted here by mistake must not reach a log. */
function requirePem(text: string): string {
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw new Error('must be a PEM certificate');
  return text;
}

export const databaseKeys = {
  DATABASE_URL: {
    section: 'database',
    doc: 'The truth: `sqlite:<file>` (embedded) or `mssql://user:password@host:1433/database?encrypt=true`. Parameters of mssql: encrypt (true; `strict` is TDS 8), trustServerCertificate (false), multiSubnetFailover (false), authentication (password; or `managed-identity` with the client id, if any, as user; `service-principal` with client id and secret as user and password, and tenantId; `default-chain`), poolMax (10; so many connections for loads, as many for writes, and seven more: for jobs, the heartbeat and following), connectTimeoutMs (15000), requestTimeoutMs (15000; at most twice MAX_TRANSACTION_MS).',
    schema: parsedText(parseDatabaseUrl),
    default: 'sqlite:./data/lockstep.db',
    secret: 'login',
  },
  DATABASE_COPY_URL: {
    section: 'database',
    doc: 'Commerce only, for a site with a copy of the database that lags behind: everything shoppers see and the invalidation log are read there, and writes go to DATABASE_URL. Same form and kind as DATABASE_URL, and another database. The copy gets data and log together and in order; a replica never changes it.',
    schema: parsedText(parseDatabaseUrl),
    optional: 'reads go to DATABASE_URL',
    secret: 'login',
    example: 'sqlite:./data/copy.db',
  },
  DATABASE_TLS_CA: {
    section: 'database',
    doc: 'Certificate authority (PEM) that the certificates of SQL Server are checked against, usually given as DATABASE_TLS_CA_FILE.',
    schema: parsedText(requirePem),
    optional: 'the authorities Node.js trusts',
    secret: 'all',
  },
  MAX_TRANSACTION_MS: {
    section: 'database',
    doc: 'Longest time a transaction may stay open: it is rolled back then, and a hole in the invalidation log that is older is a transaction that will never commit. Same value on every replica.',
    unit: 'ms',
    schema: integer(500, 10 * MINUTE_MS),
    default: '10000',
  },
  DATABASE_READ_THREADS: {
    section: 'database',
    doc: 'SQLite only: worker threads on which one replica reads. One of them is left to queries that have proven quick, and following the invalidation log has another one of its own.',
    schema: integer(2, 64),
    default: '2',
  },
  DATABASE_READ_TIMEOUT_MS: {
    section: 'database',
    doc: 'SQLite only: longest time one read may take; it fails with 503 then. (SQL Server: requestTimeoutMs of DATABASE_URL.)',
    unit: 'ms',
    schema: integer(100, 10 * MINUTE_MS),
    default: '10000',
  },
  DATABASE_SLOW_MS: {
    section: 'database',
    doc: 'A statement that takes as long is logged (warn): its text without values, a hash that is the same whatever the values are, its time. Each once a minute, and at most 20. 0 logs none.',
    unit: 'ms',
    schema: integer(0, 10 * MINUTE_MS),
    default: '500',
  },
  DATABASE_WAIT_MS: {
    section: 'database',
    doc: 'Longest time a read (SQL Server: a write too) waits until the database has room for it; it fails with 503 `database.busy` then. A write of SQLite waits for its turn as long as MAX_TRANSACTION_MS.',
    unit: 'ms',
    schema: integer(100, MINUTE_MS),
    default: '5000',
  },
} as const satisfies Record<string, ConfigKey>;
