const dialects = 'libs/database/src/sql/dialect.spec.ts';
const connectionParts = 'libs/database/src/connections/connection-parts.int-spec.ts';
const parts = 'libs/database/src/connections/connection-parts.ts';
const turns = 'libs/database/src/connections/turns.ts';
const turnsSpec = 'libs/database/src/connections/turns.spec.ts';
const migrationLock = 'libs/database/src/schema/migration-lock.int-spec.ts';
const migrationLockFile = 'libs/database/src/schema/migration-lock.ts';

const driver = 'libs/database/src/mssql/mssql-driver.int-spec.ts';
const limits = 'libs/config/src/load-config.spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'database: SQL Server is asked SELECT 1 before every statement',
    promise: 'mssql-options: a connection that broke shows it at its socket',
    file: 'libs/database/src/mssql/mssql-options.ts',
    replace: [["extra: { validateConnection: 'socket' },", '']],
    suites: [driver],
  },
  {
    name: 'database: parameters are declared by their values',
    promise: 'DeclaredRequest: a statement has one plan',
    file: 'libs/database/src/mssql/mssql-driver.ts',
    replace: [[' Request: DeclaredRequest,', '']],
    suites: [driver],
  },
  {
    name: 'database: the authority of DATABASE_TLS_CA is not used',
    promise: 'DATABASE_TLS_CA: what certificates are checked against',
    file: 'libs/database/src/mssql/mssql-options.ts',
    replace: [['{ cryptoCredentialsDetails: { ca: target.tlsCa } }', '{}']],
    suites: [driver],
  },
  {
    name: 'database: a certificate that is not trusted is tried again',
    promise: 'mayOpenLater: false for a certificate that is not trusted',
    file: 'libs/database/src/opening/may-open-later.ts',
    replace: [['  if (certificateProblem(error) !== undefined) return false;\n', '']],
    suites: [driver],
  },
  {
    name: 'database: a replica without a schema tries for a minute',
    promise: 'mayOpenLater: false for a schema that is missing',
    file: 'libs/database/src/opening/may-open-later.ts',
    replace: [["  'database.not-migrated',\n", '']],
    suites: ['libs/database/src/opening/may-open-later.spec.ts'],
    isQuick: true,
  },
  {
    name: 'config: a COMMIT may run on after its position was given up',
    promise: 'requestTimeoutMs is at most twice MAX_TRANSACTION_MS',
    file: 'libs/config/src/values/database-limits.ts',
    replace: [
      ['url.requestTimeoutMs > holeGiveUpMs(maxTransactionMs)', 'url.requestTimeoutMs < 0'],
    ],
    suites: [limits],
    isQuick: true,
  },
  {
    name: 'database: one statement takes all connections for loads',
    promise: 'readTurns: one statement has at most half of those for loads',
    file: parts,
    replace: [['Math.max(1, Math.floor(poolMax / 2))', 'poolMax']],
    suites: [connectionParts],
  },
  {
    name: 'database: a statement that names more values is another kind',
    promise: 'statementKind: statements that differ in how many values they name are one kind',
    file: parts,
    replace: [["text.replaceAll(/@\\d+(?:\\s*,\\s*@\\d+)*/g, '@')", 'text']],
    suites: [connectionParts],
  },
  {
    name: 'database: the heartbeat waits behind what is written',
    promise: 'writeTurns: the parts never wait for each other',
    file: parts,
    replace: [['heartbeat: part(HEARTBEAT_CONNECTIONS)', 'heartbeat: part(0)']],
    suites: [connectionParts],
  },
  {
    name: 'database: a connection of SQL Server is waited for as long as a unit of work may take',
    promise: 'DATABASE_WAIT_MS: no turn in time is database.busy',
    file: 'libs/database/src/unit-of-work/unit-of-work.ts',
    replace: [['Math.min(waitMs, all.leftMs)', 'all.leftMs']],
    suites: [connectionParts],
  },
  {
    name: 'database: a connection that is not made in time is an error without a code',
    promise: 'PooledReads: as long for a connection that has to be made',
    file: 'libs/database/src/mssql/mssql-driver.ts',
    replace: [["        code: 'ETIMEOUT',\n", '']],
    suites: [connectionParts],
  },
  {
    name: 'database: who waits is let in although its kind has its places',
    promise: 'Turns: a kind has no more places than it may have',
    file: turns,
    replace: [['      if (!this.hasPlace(waiter.kind)) continue;\n', '']],
    suites: [turnsSpec],
    isQuick: true,
  },
  {
    name: 'database: a turn ends twice',
    promise: 'EndTurn: a second call does nothing',
    file: turns,
    replace: [['      if (hasEnded) return;\n', '']],
    suites: [turnsSpec],
    isQuick: true,
  },
  {
    name: 'database: more wait than could be served',
    promise: 'Turns: database.busy when too many wait',
    file: turns,
    replace: [['this.queue.size >= maxWaiting', 'this.queue.size < 0']],
    suites: [turnsSpec],
  },
  {
    name: 'database: readers may wait for writers',
    promise: 'READ_COMMITTED_SNAPSHOT is checked at start',
    file: 'libs/database/src/mssql/open-mssql.ts',
    replace: [['return Number(isOn) !== 0;', 'return isOn !== undefined;']],
    suites: [driver],
  },
  {
    name: 'database: Azure is asked again at once',
    promise: 'recommendedDelayMs: what Azure recommends',
    file: 'libs/database/src/sql/dialect.ts',
    replace: [['5_000 * 2 ** (attempt - 1)', '50 * 2 ** (attempt - 1)']],
    suites: [dialects],
    isQuick: true,
  },
  {
    name: 'database: nobody waits for who migrates',
    promise: 'openMigrated: one migrates, the others wait for it',
    file: migrationLockFile,
    replace: [['while (!tryBeginExclusive(lock)) {', 'while (lock.inTransaction) {']],
    suites: [migrationLock],
  },
  {
    name: 'database: the migration lock is waited for without end',
    promise: 'openMigrated: one that waits longer throws database.migration-lock',
    file: migrationLockFile,
    replace: [
      [
        'if (systemClock.monotonicMs() > deadline) throw databaseErrors.migrationLock();\n      await',
        'await',
      ],
    ],
    suites: [migrationLock],
  },
  {
    name: 'database: a thread is ended while it loads the driver',
    promise: 'ReadThreadHandle: in the middle of loading the driver that would end the process',
    file: 'libs/database/src/reads/read-thread-handle.ts',
    replace: [['    await this.loaded.promise;\n', '']],
    suites: ['libs/database/src/reads/read-threads.int-spec.ts'],
  },
  {
    name: 'reads: a read waits for a thread that loads while another one is free',
    promise: 'ReadThreads: with one that has loaded, no read waits for another one to load',
    file: 'libs/database/src/reads/read-threads.ts',
    replace: [['return isFirst ? idle[0] : undefined;', 'return idle[0];']],
    suites: ['libs/database/src/reads/read-threads.int-spec.ts'],
  },
  {
    name: 'reads: a second thread that never loads is never replaced',
    promise: 'ReadThreadLimits: the longest time a thread may take over what it was given',
    file: 'libs/database/src/reads/read-thread-handle.ts',
    replace: [['}, limits.limitMs).unref();', '}, 2 ** 31 - 1).unref();']],
    suites: ['libs/database/src/reads/read-threads.int-spec.ts'],
  },
];
