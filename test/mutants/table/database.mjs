const statements = 'libs/database/src/sql/sql.spec.ts';
const dialects = 'libs/database/src/sql/dialect.spec.ts';
const redaction = 'libs/database/src/watching/redact-secrets.spec.ts';
const clock = 'libs/database/src/database-clock.spec.ts';
const installation = 'libs/database/src/opening/installation.int-spec.ts';
const copies = 'libs/database/src/opening/database-copy.int-spec.ts';
const pruning = 'libs/jobs/src/prune/prune-platform.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'database: rows of one instant are lost between two pages',
    promise: 'sql.behind: the rows that come behind a place of a list',
    file: 'libs/database/src/sql/sql.ts',
    replace: [['(${at} < ${createdAt} OR ${id} < ${place.id})', '${at} < ${createdAt}']],
    suites: [statements],
    isQuick: true,
  },
  {
    name: 'database: a name of a column is put into the text as it is',
    promise: 'sql.identifier: only lower-case snake_case, so it can never be injected',
    file: 'libs/database/src/sql/sql.ts',
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
    file: 'libs/database/src/sql/sql.ts',
    replace: [["    if (values.length === 0) return new SqlStatement(() => ['(NULL)']);\n", '']],
    suites: [statements],
  },
  {
    name: 'database: a prefix may hold placeholders',
    promise: 'likePrefix: matches texts that begin with prefix',
    file: 'libs/database/src/sql/sql.ts',
    replace: [["${prefix.replace(/[\\\\%_[\\]]/g, '\\\\$&')}%", '${prefix}%']],
    suites: [statements],
  },
  {
    name: 'database: SQL Server gets question marks',
    promise: 'SqlStatement: @0, @1, ... for SQL Server',
    file: 'libs/database/src/sql/sql.ts',
    replace: [["dialect === 'mssql' ? `@${parameters.length}` : '?'", "'?'"]],
    suites: [statements],
  },
  {
    name: 'database: a limit may be anything',
    promise: 'sql.limit: a row count',
    file: 'libs/database/src/sql/sql.ts',
    replace: [
      [
        '      if (!Number.isSafeInteger(rows) || rows < 0) throw new RangeError(`not a row count: ${rows}`);\n',
        '',
      ],
    ],
    suites: [statements],
  },
  {
    name: 'database: a chunk is larger than a statement takes',
    promise: 'chunksOf: no statement exceeds the parameter limit',
    file: 'libs/database/src/sql/sql.ts',
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
    file: 'libs/database/src/watching/redact-secrets.ts',
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
    file: 'libs/database/src/watching/redact-secrets.ts',
    replace: [['cookie)/i;', 'cookie)/;']],
    suites: [redaction],
    isQuick: true,
  },
  {
    name: 'database: a secondary that takes no readers is a defect',
    promise: 'isUnreachable: a secondary of an availability group that takes no readers',
    file: 'libs/database/src/sql/dialect.ts',
    replace: [['CLOSED_SECONDARY_NUMBERS.has(number) || ', '']],
    suites: [dialects],
  },
  {
    name: 'database: a file that cannot be read is a defect',
    promise: 'isUnreachable: the database could not be reached at all',
    file: 'libs/database/src/sql/dialect.ts',
    replace: [
      [
        'CONNECTION_CODES.has(code) || UNREACHABLE_SQLITE_CODES.test(code)',
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
    name: 'database: a copied file keeps its identity',
    promise: 'settleInstallation: an identity of its own for another file',
    file: 'libs/database/src/opening/installation.ts',
    replace: [['WHERE home <> ?`', 'WHERE home <> ? AND 1 = 0`']],
    suites: [installation],
  },
  {
    name: 'a database that does not say which it is is taken for one',
    promise: 'InstallationReader.get: throws database.no-installation when the row was removed',
    file: 'libs/database/src/opening/installation.ts',
    replace: [
      [
        'if (row === undefined) throw databaseErrors.noInstallation();',
        "if (row === undefined) return { id: '', announcementKey: '' };",
      ],
    ],
    suites: [installation],
  },
  {
    name: 'database: a copy with an older schema is read',
    promise: 'checkCopy: database.copy-not-ready when it lacks a migration',
    file: 'libs/database/src/opening/data-sources.ts',
    replace: [['if (missing.length > 0) {', 'if (missing.length < 0) {']],
    suites: [copies],
  },
  {
    name: 'database: a replica is ready without its copy',
    promise: 'DatabaseCopy: not ready until the copy has come as far',
    file: 'libs/database/src/opening/database-copy.ts',
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
    file: 'libs/database/src/opening/database-copy.ts',
    replace: [['      this.timer = setTimeout(() => void this.open(), RETRY_MS);\n', '']],
    suites: [copies],
  },
  {
    name: 'database: one batch removes all there is',
    promise: 'deleteBatch: at most PRUNE_BATCH rows',
    file: 'libs/database/src/sql/delete-batch.ts',
    replace: [['      ${sql.limit(PRUNE_BATCH)}\n', '']],
    suites: [pruning],
  },
  {
    name: 'database: a batch removes what is not meant',
    promise: 'deleteBatch: rows that meet the condition',
    file: 'libs/database/src/sql/delete-batch.ts',
    replace: [
      ['      WHERE ${condition}\n', ''],
      ['    AND ${condition}\n', ''],
    ],
    suites: [pruning],
  },
];
