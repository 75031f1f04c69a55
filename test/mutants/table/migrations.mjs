const file = 'libs/database/test/breaking-statements.ts';
const suites = ['libs/database/src/migrations/breaking-statements.spec.ts'];
const promise = 'breakingStatements: what a release from before a migration may not live with';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'migrations: one writer makes a migration fail',
    promise: 'besideWriters: replicas of the release before go on while the schema is changed',
    file: 'libs/database/src/opening/data-sources.ts',
    replace: [['  await dataSource.query(`PRAGMA busy_timeout = ${WRITERS_TIMEOUT_MS}`);\n', '']],
    suites: ['libs/database/src/opening/opening.int-spec.ts'],
  },
  {
    name: 'migrations: what is in no known form passes',
    promise,
    file,
    replace: [
      [
        "return 'takes away or changes what is there, or is in a form that the check does not know';",
        'return undefined;',
      ],
    ],
    suites,
  },
  {
    name: 'migrations: a statement hides behind another',
    promise,
    file,
    replace: [['if (holdsAnother(statement))', 'if (false as boolean)']],
    suites,
  },
  {
    name: 'migrations: a column without a default is demanded of older releases',
    promise,
    file,
    replace: [['!/\\bDEFAULT\\b/i.test(rest)', '/\\bDEFAULT\\b/i.test(rest)']],
    suites,
  },
  {
    name: 'migrations: an index refuses what older releases write',
    promise,
    file,
    replace: [
      ['filtered !== undefined && schema.isNewColumn(table, filtered)', 'filtered !== undefined'],
    ],
    suites,
  },
  {
    name: 'migrations: the tables of the last migration count as new for ever',
    promise,
    file,
    replace: [['    schema.next();\n', '']],
    suites,
  },
];
