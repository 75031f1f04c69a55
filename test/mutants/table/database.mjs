const statements = 'libs/database/src/sql.spec.ts';
const dialects = 'libs/database/src/dialect.spec.ts';
const redaction = 'libs/database/src/redact-secrets.spec.ts';
const clock = 'libs/database/src/database-clock.spec.ts';
const unitOfWork = 'libs/database/src/unit-of-work.int-spec.ts';
const faults = 'libs/database/src/unit-of-work-faults.int-spec.ts';
const installation = 'libs/database/src/installation.int-spec.ts';
const copies = 'libs/database/src/database-copy.int-spec.ts';
const pruning = 'libs/jobs/src/prune/prune-platform.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'database: a name of a column is put into the text as it is',
    promise: 'sql.identifier: only lower-case snake_case, so it can never be injected',
    file: 'libs/database/src/sql.ts',
    replace: [
      [
        '    if (!IDENTIFIER.test(name)) throw new RangeError(`not a column or table name: ${name}`);\n',
        '',
      ],
    ],
    suites: [statements],
    isQuick: true,
  },
  {
    name: 'database: an empty list is no SQL',
    promise: 'sql.in: an empty list matches nothing',
    file: 'libs/database/src/sql.ts',
    replace: [["    if (values.length === 0) return new SqlStatement(() => ['(NULL)']);\n", '']],
    suites: [statements],
  },
  {
    name: 'database: a prefix may hold placeholders',
    promise: 'likePrefix: matches texts that begin with prefix',
    file: 'libs/database/src/sql.ts',
    replace: [["${prefix.replace(/[\\\\%_[\\]]/g, '\\\\$&')}%", '${prefix}%']],
    suites: [statements],
  },
  {
    name: 'database: SQL Server gets question marks',
    promise: 'SqlStatement: @0, @1, ... for SQL Server',
    file: 'libs/database/src/sql.ts',
    replace: [["dialect === 'mssql' ? `@${parameters.length}` : '?'", "'?'"]],
    suites: [statements],
  },
  {
    name: 'database: a limit may be anything',
    promise: 'sql.limit: a row count',
    file: 'libs/database/src/sql.ts',
    replace: [
      [
        '    if (!Number.isSafeInteger(count) || count < 0)\n      throw new RangeError(`not a row count: ${count}`);\n',
        '',
      ],
    ],
    suites: [statements],
  },
  {
    name: 'database: a chunk is larger than a statement takes',
    promise: 'chunksOf: no statement exceeds the parameter limit',
    file: 'libs/database/src/sql.ts',
    replace: [
      [
        'start += size) {\n    chunks.push(items.slice(start, start + size));',
        'start += size) {\n    chunks.push(items.slice(start));',
      ],
    ],
    suites: [statements],
  },
  {
    name: 'database: secrets in lists are kept',
    promise: 'redactSecrets: everything under a name that looks secret',
    file: 'libs/database/src/redact-secrets.ts',
    replace: [
      [
        'if (Array.isArray(value)) return value.map(redactSecrets);',
        'if (Array.isArray(value)) return value;',
      ],
    ],
    suites: [redaction],
  },
  {
    name: 'database: a password in capitals is kept',
    promise: 'redactSecrets: everything under a name that looks secret',
    file: 'libs/database/src/redact-secrets.ts',
    replace: [['cookie)/i;', 'cookie)/;']],
    suites: [redaction],
    isQuick: true,
  },
  {
    name: 'database: a secondary that takes no readers is a defect',
    promise: 'isUnreachable: a secondary of an availability group that takes no readers',
    file: 'libs/database/src/dialect.ts',
    replace: [
      ['  if (number !== undefined && CLOSED_SECONDARY_NUMBERS.has(number)) return true;\n', ''],
    ],
    suites: [dialects],
  },
  {
    name: 'database: a file that cannot be read is a defect',
    promise: 'isUnreachable: the database could not be reached at all',
    file: 'libs/database/src/dialect.ts',
    replace: [
      [
        '(CONNECTION_CODES.has(code) || UNREACHABLE_SQLITE_CODES.test(code))',
        'CONNECTION_CODES.has(code)',
      ],
    ],
    suites: [dialects],
  },
  {
    name: 'database: every time of the database is believed',
    promise: 'DatabaseClock: a database whose time jumps is believed after five minutes',
    file: 'libs/database/src/database-clock.ts',
    replace: [
      ['if (Math.abs(offsetMs - current) <= ORDINARY_MS) {', 'if (Number.isFinite(current)) {'],
    ],
    suites: [clock],
    isQuick: true,
  },
  {
    name: 'database: a jump that lasts is never believed',
    promise: 'DatabaseClock: a database whose time jumps is believed after five minutes',
    file: 'libs/database/src/database-clock.ts',
    replace: [
      [
        '} else if (now - this.suspect.since >= BELIEVED_AFTER_MS) {',
        '} else if (now < this.suspect.since) {',
      ],
    ],
    suites: [clock],
  },
  {
    name: 'database: a second jump is taken for the first',
    promise: 'DatabaseClock: believed once it has said so for five minutes',
    file: 'libs/database/src/database-clock.ts',
    replace: [
      ['if (this.suspect === undefined || !isSameJump) {', 'if (this.suspect === undefined) {'],
    ],
    suites: [clock],
  },
  {
    name: 'database: a clock that cannot be read stops its reader',
    promise: 'DatabaseClock.read: never rejects',
    file: 'libs/database/src/database-clock.ts',
    replace: [['      onFailure(error);', '      throw error;']],
    suites: [clock],
  },
  {
    name: 'database: nobody hears of a jump',
    promise: 'DatabaseClockOptions.onJump',
    file: 'libs/database/src/database-clock.ts',
    replace: [['      this.options.onJump(Math.round(offsetMs - current));\n', '']],
    suites: [clock],
  },
  {
    name: 'database: a slow reading of the clock counts',
    promise: 'DatabaseClock: a reading that took longer says too little about its moment',
    file: 'libs/database/src/database-clock.ts',
    replace: [['if (!isUseless) this.accept(', 'this.accept(']],
    suites: [clock],
  },
  {
    name: 'database: the row of the log is written first',
    promise: 'PendingTransaction.writeEffects: the log row comes last',
    file: 'libs/database/src/pending-transaction.ts',
    replace: [
      [
        '    await this.writeAudit(now);\n    const notifications = await this.writeNotifications(now);\n    const tags',
        '    const tags',
      ],
      [
        'await this.writeLog(tags, now);\n',
        'await this.writeLog(tags, now);\n    await this.writeAudit(now);\n    const notifications = await this.writeNotifications(now);\n    await this.session.query(sql`SELECT 1 AS one`);\n',
      ],
    ],
    suites: [faults],
  },
  {
    name: 'database: tags beyond 5,000 are cut off',
    promise: 'PendingTransaction: above this a unit of work voids everything',
    file: 'libs/database/src/pending-transaction.ts',
    replace: [['[EVERYTHING]', '[...this.tags].slice(0, MAX_TAGS)']],
    suites: [faults],
  },
  {
    name: 'database: a finished unit of work goes on',
    promise: 'database.unit-of-work-finished',
    file: 'libs/database/src/pending-transaction.ts',
    replace: [['    if (this.isFinished) throw databaseErrors.finished();\n', '']],
    suites: [unitOfWork],
  },
  {
    name: 'database: a payload that its contract refuses',
    promise: 'Transaction.enqueue: the payload matches its contract',
    file: 'libs/database/src/pending-transaction.ts',
    replace: [['const checked = job.schema.parse(payload);', 'const checked = payload;']],
    suites: [unitOfWork],
  },
  {
    name: 'database: an equal job that waits is added again',
    promise: 'EnqueueOptions.dedupeKey: enqueueing again returns that job',
    file: 'libs/database/src/pending-transaction.ts',
    replace: [['if (waiting !== undefined) return waiting;', '']],
    suites: [unitOfWork],
  },
  {
    name: 'database: the audit log holds secrets',
    promise: 'AuditEntry: values under names that look secret are masked',
    file: 'libs/database/src/pending-transaction.ts',
    replace: [['JSON.stringify(redactSecrets(entry.after))', 'JSON.stringify(entry.after)']],
    suites: [unitOfWork],
  },
  {
    name: 'database: commits are not synced',
    promise: 'data-sources: FULL, an acknowledged commit survives a power cut',
    file: 'libs/database/src/data-sources.ts',
    replace: [["pragma('synchronous = FULL')", "pragma('synchronous = OFF')"]],
    suites: [faults],
  },
  {
    name: 'database: listeners are called before the commit',
    promise: 'UnitOfWork: after the commit the listeners are called',
    file: 'libs/database/src/unit-of-work.ts',
    replace: [
      [
        '      await bound.limit(opened.commit());',
        '      this.announce(done.commit);\n      await bound.limit(opened.commit());',
      ],
      ['      this.announce(commit);\n', ''],
    ],
    suites: [faults],
  },
  {
    name: 'database: a listener that fails reaches the caller',
    promise: 'UnitOfWork: failures of listeners never reach the caller',
    file: 'libs/database/src/unit-of-work.ts',
    replace: [['        this.options.onListenerFailure(error);', '        throw error;']],
    suites: [unitOfWork],
  },
  {
    name: 'database: a nested unit of work is one of its own',
    promise: 'UnitOfWork: a nested run joins the outer transaction',
    file: 'libs/database/src/unit-of-work.ts',
    replace: [['    if (outer !== undefined) return work(outer);\n', '']],
    suites: [unitOfWork],
  },
  {
    name: 'database: a transient error is not tried again',
    promise: 'UnitOfWork: on transient errors the whole work is run again',
    file: 'libs/database/src/unit-of-work.ts',
    replace: [
      ['if (attempt >= this.options.maxAttempts || bound.isOver) {', 'if (attempt >= 1) {'],
    ],
    suites: [unitOfWork],
  },
  {
    name: 'database: transient errors are met for ever',
    promise: 'UnitOfWork: run again, bounded',
    file: 'libs/database/src/unit-of-work.ts',
    replace: [
      ['if (attempt >= this.options.maxAttempts || bound.isOver) {', 'if (attempt >= 9) {'],
    ],
    suites: [unitOfWork],
  },
  {
    name: 'database: a unit of work that took too long commits',
    promise: 'UnitOfWork: past its bound it is rolled back',
    file: 'libs/database/src/unit-of-work.ts',
    replace: [['      bound.assertNotOver();\n', '']],
    suites: [unitOfWork],
  },
  {
    name: 'database: a unit of work that hangs is waited for',
    promise: 'UnitOfWork: rolled back, even while its work hangs',
    file: 'libs/database/src/unit-of-work.ts',
    replace: [['const done = await bound.limit(worked);', 'const done = await worked;']],
    suites: [faults],
  },
  {
    name: 'database: a full disk is a defect',
    promise: 'database.not-writable',
    file: 'libs/database/src/unit-of-work.ts',
    replace: [
      [
        '  if (isUnwritable(error)) {\n    return databaseErrors.notWritable',
        '  if (error === null) {\n    return databaseErrors.notWritable',
      ],
    ],
    suites: [faults],
  },
  {
    name: 'database: units of work of a process overlap',
    promise: 'UnitOfWork: units of a process take turns',
    file: 'libs/database/src/unit-of-work.ts',
    replace: [
      [
        "this.dialect === 'sqlite' ? await this.mutex.acquire(waiting.leftMs) : () => undefined",
        '() => undefined',
      ],
    ],
    suites: [unitOfWork],
  },
  {
    name: 'database: a request does not learn its position',
    promise: 'RequestContext.position: the last commit made on behalf of this request',
    file: 'libs/database/src/unit-of-work.ts',
    replace: [
      [
        '    if (context !== undefined && commit.position !== undefined) context.position = commit.position;\n',
        '',
      ],
    ],
    suites: [unitOfWork],
  },
  {
    name: 'database: a replaced file is written to',
    promise: 'DatabaseFile: notices that the file was deleted, moved or replaced',
    file: 'libs/database/src/database-file.ts',
    replace: [['    for (const part of PARTS) {', '    for (const part of PARTS.slice(2)) {']],
    suites: [faults],
  },
  {
    name: 'database: a lost log is written to',
    promise: 'DatabaseFile: the database and its write-ahead log',
    file: 'libs/database/src/database-file.ts',
    replace: [["const PARTS = ['', '-wal'];", "const PARTS = [''];"]],
    suites: [faults],
  },
  {
    name: 'database: a file that goes during the work',
    promise: 'SqliteWriteConnection: asked around every commit',
    file: 'libs/database/src/sqlite-write-connection.ts',
    replace: [
      [
        'throw databaseErrors.transactionLost();\n    this.file.assertSame();\n',
        'throw databaseErrors.transactionLost();\n',
      ],
    ],
    suites: [faults],
  },
  {
    name: 'database: statements go on after SQLite has ended the transaction',
    promise: 'SqliteWriteConnection: a statement sent after that would commit on its own',
    file: 'libs/database/src/sqlite-write-connection.ts',
    replace: [
      ['if (hasBegun && !this.isInTransaction) throw databaseErrors.transactionLost();', ''],
    ],
    suites: [faults],
  },
  {
    name: 'database: a runner that failed is used again',
    promise: 'WriteTransaction.abandon: statements still sent through the runner are refused',
    file: 'libs/database/src/sqlite-write-connection.ts',
    replace: [['    retire(runner);\n', '']],
    suites: [faults],
  },
  {
    name: 'database: a transaction that cannot be rolled back stays open',
    promise: 'SqliteWriteConnection: a connection that cannot be shown to be clean is opened anew',
    file: 'libs/database/src/sqlite-write-connection.ts',
    replace: [
      [
        'if (hasDamagedConnection(cause) || !this.rolledBack()) {',
        'if (hasDamagedConnection(cause)) {',
      ],
    ],
    suites: [faults],
  },
  {
    name: 'database: a copied file keeps its identity',
    promise: 'settleInstallation: an identity of its own for another file',
    file: 'libs/database/src/installation.ts',
    replace: [['WHERE home <> ?`', 'WHERE home <> ? AND 1 = 0`']],
    suites: [installation],
  },
  {
    name: 'database: pruning takes the newest row of the log',
    promise: 'InvalidationLog.prune: never the newest row',
    file: 'libs/database/src/invalidation-log.ts',
    replace: [['              AND position < (SELECT MAX(position) FROM invalidation_log)\n', '']],
    suites: [unitOfWork],
  },
  {
    name: 'database: pruning does not say how far',
    promise: 'InvalidationLog.prune: notes how far',
    file: 'libs/database/src/invalidation-log.ts',
    replace: [['SET position = ${prunedTo} WHERE', 'SET position = position WHERE']],
    suites: [unitOfWork],
  },
  {
    name: 'database: a copy with an older schema is read',
    promise: 'checkCopy: database.copy-not-ready when it lacks a migration',
    file: 'libs/database/src/data-sources.ts',
    replace: [['if (missing.length > 0) {', 'if (missing.length < 0) {']],
    suites: [copies],
  },
  {
    name: 'database: a replica is ready without its copy',
    promise: 'DatabaseCopy: not ready until the copy has come as far',
    file: 'libs/database/src/database-copy.ts',
    replace: [
      [
        'this.reads === undefined ? Promise.reject(databaseErrors.copyNotReady()) : Promise.resolve()',
        'Promise.resolve()',
      ],
    ],
    suites: [copies],
  },
  {
    name: 'database: a copy is opened once only',
    promise: 'DatabaseCopy.open: tried again until it succeeds',
    file: 'libs/database/src/database-copy.ts',
    replace: [['      this.timer = setTimeout(() => void this.open(), RETRY_MS);\n', '']],
    suites: [copies],
  },
  {
    name: 'database: one batch removes all there is',
    promise: 'deleteBatch: at most PRUNE_BATCH rows',
    file: 'libs/database/src/delete-batch.ts',
    replace: [['      ${sql.limit(PRUNE_BATCH)}\n', '']],
    suites: [pruning],
  },
  {
    name: 'database: a batch removes what is not meant',
    promise: 'deleteBatch: rows that meet the condition',
    file: 'libs/database/src/delete-batch.ts',
    replace: [
      ['      WHERE ${condition}\n', ''],
      ['    AND ${condition}\n', ''],
    ],
    suites: [pruning],
  },
];
