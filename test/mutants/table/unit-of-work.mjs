const unitOfWork = 'libs/database/src/unit-of-work/unit-of-work.int-spec.ts';
const lostConnection = 'libs/database/src/mssql/lost-connection.int-spec.ts';
const log = 'libs/database/src/logs/invalidation-log.int-spec.ts';
const faults = 'libs/database/src/unit-of-work/unit-of-work-faults.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'unit of work: nobody is ever in one',
    promise: 'UnitOfWork.isUnderWay: true for code that was called by a unit of work',
    file: 'libs/database/src/unit-of-work/unit-of-work.ts',
    replace: [['    this.open += 1;\n', '']],
    suites: [unitOfWork],
  },
  {
    name: 'unit of work: what it leaves behind is in it for ever',
    promise: 'UnitOfWork.isUnderWay: by a unit of work under way',
    file: 'libs/database/src/unit-of-work/unit-of-work.ts',
    replace: [['transaction?.hasEnded === true ? undefined : transaction', 'transaction']],
    suites: ['libs/database/src/unit-of-work/unit-of-work.int-spec.ts'],
  },
  {
    name: 'database: the row of the log is written first',
    promise: 'PendingTransaction.writeEffects: the log row comes last',
    file: 'libs/database/src/unit-of-work/pending-transaction.ts',
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
    file: 'libs/database/src/unit-of-work/pending-transaction.ts',
    replace: [['[EVERYTHING]', '[...this.tags].slice(0, MAX_TAGS)']],
    suites: [faults],
  },
  {
    name: 'database: a failed unit of work commits',
    promise: 'UnitOfWork: leaves nothing behind when the work fails',
    file: 'libs/database/src/unit-of-work/unit-of-work.ts',
    replace: [
      [
        '      await opened.abandon(error);\n',
        '      await opened.commit().catch(() => opened.abandon(error));\n',
      ],
    ],
    suites: [unitOfWork],
  },
  {
    name: 'database: a finished unit of work goes on',
    promise: 'database.unit-of-work-finished',
    file: 'libs/database/src/unit-of-work/pending-transaction.ts',
    replace: [['    if (this.isFinished) throw databaseErrors.finished();\n', '']],
    suites: [unitOfWork],
  },
  {
    name: 'database: a payload that its contract refuses',
    promise: 'Transaction.enqueue: the payload matches its contract',
    file: 'libs/database/src/unit-of-work/pending-transaction.ts',
    replace: [['const checked = job.schema.parse(payload);', 'const checked = payload;']],
    suites: [unitOfWork],
  },
  {
    name: 'database: an equal job that waits is added again',
    promise: 'EnqueueOptions.dedupeKey: enqueueing again returns that job',
    file: 'libs/database/src/unit-of-work/pending-transaction.ts',
    replace: [['if (waiting !== undefined) return waiting;', '']],
    suites: [unitOfWork],
  },
  {
    name: 'database: the audit log holds secrets',
    promise: 'AuditEntry: values under names that look secret are masked',
    file: 'libs/database/src/unit-of-work/pending-transaction.ts',
    replace: [['JSON.stringify(redactSecrets(entry.after))', 'JSON.stringify(entry.after)']],
    suites: [unitOfWork],
  },
  {
    name: 'database: commits are not synced',
    promise: 'data-sources: FULL, an acknowledged commit survives a power cut',
    file: 'libs/database/src/opening/data-sources.ts',
    replace: [["pragma('synchronous = FULL')", "pragma('synchronous = OFF')"]],
    suites: [faults],
  },
  {
    name: 'database: listeners are called before the commit',
    promise: 'UnitOfWork: after the commit the listeners are called',
    file: 'libs/database/src/unit-of-work/unit-of-work.ts',
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
    file: 'libs/database/src/unit-of-work/unit-of-work.ts',
    replace: [['        this.options.onListenerFailure(error);', '        throw error;']],
    suites: [unitOfWork],
  },
  {
    name: 'database: a nested unit of work is one of its own',
    promise: 'UnitOfWork: a nested run joins the outer transaction',
    file: 'libs/database/src/unit-of-work/unit-of-work.ts',
    replace: [['    if (outer !== undefined) return work(outer);\n', '']],
    suites: [unitOfWork],
  },
  {
    name: 'database: a transient error is not tried again',
    promise: 'UnitOfWork: on transient errors the whole work is run again',
    file: 'libs/database/src/unit-of-work/unit-of-work.ts',
    replace: [
      ['if (attempt >= this.options.maxAttempts || bound.isOver) {', 'if (attempt >= 1) {'],
    ],
    suites: [unitOfWork],
  },
  {
    name: 'database: transient errors are met for ever',
    promise: 'UnitOfWork: run again, bounded',
    file: 'libs/database/src/unit-of-work/unit-of-work.ts',
    replace: [
      ['if (attempt >= this.options.maxAttempts || bound.isOver) {', 'if (attempt >= 9) {'],
    ],
    suites: [unitOfWork],
  },
  {
    name: 'database: a unit of work that took too long commits',
    promise: 'UnitOfWork: past its bound it is rolled back',
    file: 'libs/database/src/unit-of-work/unit-of-work.ts',
    replace: [['      bound.assertNotOver();\n', '']],
    suites: [unitOfWork],
  },
  {
    name: 'database: a unit of work that hangs is waited for',
    promise: 'UnitOfWork: rolled back, even while its work hangs',
    file: 'libs/database/src/unit-of-work/unit-of-work.ts',
    replace: [['const done = await bound.limit(worked);', 'const done = await worked;']],
    suites: [faults],
  },
  {
    name: 'database: a full disk is a defect',
    promise: 'database.not-writable',
    file: 'libs/database/src/unit-of-work/unit-of-work.ts',
    replace: [
      [
        '  if (isUnwritable(error)) {\n    return databaseErrors.notWritable',
        '  if (error === null) {\n    return databaseErrors.notWritable',
      ],
    ],
    suites: [faults],
  },
  {
    name: 'database: a COMMIT that may have been made is run again',
    promise: 'UnitOfWork: a COMMIT whose outcome is unknown is not run again',
    file: 'libs/database/src/unit-of-work/unit-of-work.ts',
    replace: [['      if (isCommitting) throw this.commitFailure(error);\n', '']],
    suites: [lostConnection],
  },
  {
    name: 'database: a lost connection ends a unit of work that committed nothing',
    promise: 'UnitOfWork: on transient errors the whole work is run again',
    file: 'libs/database/src/sql/dialect.ts',
    replace: [['return codes.some((each) => TRANSIENT_MSSQL_CODES.has(each));', 'return false;']],
    suites: [lostConnection],
  },
  {
    name: 'database: a unit of work takes the write lock when it first writes',
    promise: 'UnitOfWork: each takes the write lock with its first statement',
    file: 'libs/database/src/unit-of-work/sqlite-write-connection.ts',
    replace: [["      await runner.query('DELETE FROM write_lock WHERE 0');\n", '']],
    suites: ['libs/database/src/unit-of-work/write-lock.int-spec.ts'],
  },
  {
    name: 'database: units of work of a process overlap',
    promise: 'UnitOfWork: units of a process take turns',
    file: 'libs/database/src/unit-of-work/unit-of-work.ts',
    replace: [['await this.turns[part].take({ waitMs: waiting.leftMs })', '() => undefined']],
    suites: [unitOfWork],
  },
  {
    name: 'database: a request does not learn its position',
    promise: 'RequestContext.position: the last commit made on behalf of this request',
    file: 'libs/database/src/unit-of-work/unit-of-work.ts',
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
    file: 'libs/database/src/opening/database-file.ts',
    replace: [['    for (const part of PARTS) {', '    for (const part of PARTS.slice(2)) {']],
    suites: [faults],
  },
  {
    name: 'database: a lost log is written to',
    promise: 'DatabaseFile: the database and its write-ahead log',
    file: 'libs/database/src/opening/database-file.ts',
    replace: [["const PARTS = ['', '-wal'];", "const PARTS = [''];"]],
    suites: [faults],
  },
  {
    name: 'database: a file that goes during the work',
    promise: 'SqliteWriteConnection: asked around every commit',
    file: 'libs/database/src/unit-of-work/sqlite-write-connection.ts',
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
    file: 'libs/database/src/unit-of-work/sqlite-write-connection.ts',
    replace: [
      ['if (hasBegun && !this.isInTransaction) throw databaseErrors.transactionLost();', ''],
    ],
    suites: [faults],
  },
  {
    name: 'database: a runner that failed is used again',
    promise: 'WriteTransaction.abandon: statements still sent through the runner are refused',
    file: 'libs/database/src/unit-of-work/sqlite-write-connection.ts',
    replace: [['    retire(runner);\n', '']],
    suites: [faults],
  },
  {
    name: 'database: a transaction that cannot be rolled back stays open',
    promise: 'SqliteWriteConnection: a connection that cannot be shown to be clean is opened anew',
    file: 'libs/database/src/unit-of-work/sqlite-write-connection.ts',
    replace: [
      [
        'if (hasDamagedConnection(cause) || !this.rolledBack()) {',
        'if (hasDamagedConnection(cause)) {',
      ],
    ],
    suites: [faults],
  },
  {
    name: 'database: pruning takes the newest row of the log',
    promise: 'InvalidationLog.prune: never the newest row',
    file: 'libs/database/src/logs/invalidation-log.ts',
    replace: [['              AND position < (SELECT MAX(position) FROM invalidation_log)\n', '']],
    suites: [log],
  },
  {
    name: 'database: the log is followed with two statements on SQLite',
    promise: 'InvalidationLog: a follow is one trip to a thread',
    file: 'libs/database/src/logs/invalidation-log.ts',
    replace: [
      [
        "dialect === 'sqlite') return this.readAtOnce",
        "dialect === 'mssql') return this.readAtOnce",
      ],
    ],
    suites: [log],
  },
  {
    name: 'database: pruning does not say how far',
    promise: 'InvalidationLog.prune: notes how far',
    file: 'libs/database/src/logs/invalidation-log.ts',
    replace: [['SET position = ${prunedTo}\n', 'SET position = position\n']],
    suites: [log],
  },
  {
    name: 'a database that is slow is taken for work that is too long',
    promise: 'UnitOfWork: database.too-slow when the database took the time',
    file: 'libs/database/src/unit-of-work/unit-of-work.ts',
    replace: [['return statementMs > bound.ms / 2', 'return statementMs > bound.ms * 1_000']],
    suites: ['libs/database/src/unit-of-work/unit-of-work-faults.int-spec.ts'],
  },
];
