const backup = 'libs/database/src/backup/sqlite-backup.int-spec.ts';
const file = 'libs/database/src/backup/sqlite-backup.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'backup: a backup overwrites what is there',
    promise: 'backUpSqlite: nothing is overwritten',
    file,
    replace: [['if (existsSync(to)) throw', 'if (existsSync(`${to}.no`)) throw']],
    suites: [backup],
  },
  {
    name: 'backup: what is damaged is restored',
    promise: 'restoreSqlite: throws for what is damaged',
    file,
    replace: [["if (found !== 'ok') throw", "if (found === '') throw"]],
    suites: [backup],
  },
  {
    name: 'backup: any SQLite file is a database of Lockstep',
    promise: 'restoreSqlite: throws for what is no database of Lockstep',
    file,
    replace: [
      ["if (found === 'ok') database.prepare('SELECT id FROM installation').get();", ''],
      ['      renew(half);\n', ''],
    ],
    suites: [backup],
  },
  {
    name: 'backup: a restored database is the installation it was',
    promise: 'restoreSqlite: as another installation',
    file,
    replace: [['      renew(half);\n', '']],
    suites: [backup],
  },
  {
    name: 'backup: readers of a restored database wait for writers',
    promise: 'renew: replicas take the mode as it is',
    file,
    replace: [["    database.pragma('journal_mode = WAL');\n", '']],
    suites: [backup],
  },
  {
    name: 'backup: the copy begins anew with every commit',
    promise: 'backUpSqlite: one moment of a database that is written to',
    file,
    replace: [["      source.exec('BEGIN; SELECT 1 FROM sqlite_master');\n", '']],
    suites: [backup],
  },
  {
    name: 'backup: a log without its database stays',
    promise: 'putAside: the log of a database that is gone would be applied to the one that comes',
    file,
    replace: [
      ["for (const part of ['-wal', '-shm']) await rm", "for (const part of ['-shm']) await rm"],
    ],
    suites: [backup],
  },
];
