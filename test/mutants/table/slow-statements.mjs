const slow = 'libs/database/src/watching/slow-statements.spec.ts';
const books = 'test/container/runbooks.spec.ts';
const threads = 'libs/database/src/reads/read-threads.int-spec.ts';
const writes = 'libs/database/src/unit-of-work/unit-of-work.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'slow statements: a database in trouble fills the log',
    promise: 'SlowStatements: each once a minute, twenty at most',
    file: 'libs/database/src/watching/slow-statements.ts',
    replace: [['this.told.size >= MAX_LINES', 'this.told.size < 0']],
    isQuick: true,
    suites: [slow],
  },
  {
    name: 'slow statements: a longer list is another statement',
    promise: 'SlowStatements: the hash is the same however many values a list has',
    file: 'libs/database/src/watching/slow-statements.ts',
    replace: [["    .replaceAll(/\\?(?: ?, ?\\?)+/g, '?, ...')\n", '']],
    isQuick: true,
    suites: [slow],
  },
  {
    name: 'slow statements: reads of threads are not measured',
    promise: 'OnStatement: told of every statement that the database has answered',
    file: 'libs/database/src/reads/pending-read.ts',
    replace: [['    this.tell();\n', '']],
    suites: [threads],
  },
  {
    name: 'slow statements: writes are not measured',
    promise: 'OnStatement: told of every statement that the database has answered',
    file: 'libs/database/src/watching/statement-watch.ts',
    replace: [["    this.onStatement('write', query, tookMs);\n", '']],
    suites: [writes],
  },
  {
    name: 'requests: a sample takes all of them',
    promise: 'sampleEvenly: true for a share of its calls',
    file: 'libs/kernel/src/running/sample-evenly.ts',
    replace: [['    due -= 1;\n', '']],
    isQuick: true,
    suites: ['libs/kernel/src/running/sample-evenly.spec.ts'],
  },
  {
    name: 'run books: an alert has that of another',
    promise: 'docs/operations.md: each alert has a run book',
    file: 'docker/prometheus/alerts.yml',
    replace: [
      ['runbook_url: docs/runbooks/job-dead.md', 'runbook_url: docs/runbooks/jobs-wait.md'],
    ],
    suites: [books],
  },
];
