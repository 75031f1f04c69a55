const comparison = 'libs/jobs/src/ledgers/ledger-comparison.ts';
const handler = 'libs/jobs/src/ledgers/check-ledgers.handler.ts';
const suites = ['libs/jobs/src/ledgers/check-ledgers.int-spec.ts'];

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'ledgers: what differs is not seen',
    promise: 'CheckLedgersHandler: compares the balances with the sums of their entries',
    file: handler,
    replace: [
      ['({ balance, sum }) => balance !== sum', '({ balance, sum }) => balance + 1e6 < sum'],
    ],
    suites,
  },
  {
    name: 'ledgers: differences are not counted',
    promise: 'CheckLedgersHandler: what differs is counted',
    file: handler,
    replace: [['this.count(tables.name, wrong.length);', '']],
    suites,
  },
  {
    name: 'ledgers: differences are not logged',
    promise: 'CheckLedgersHandler: what differs is logged as an error',
    file: handler,
    replace: [['this.report(tables, each);', 'void each;']],
    suites,
  },
  {
    name: 'ledgers: the check ends after a page',
    promise: 'CheckLedgersHandler: the balances of every ledger',
    file: handler,
    replace: [['after = page.at(-1)?.key;', 'after = checked > 0 ? undefined : page.at(-1)?.key;']],
    suites,
  },
  {
    name: 'ledgers: entries without a balance are not seen',
    promise: 'LedgerComparison: entries without a balance are found',
    file: comparison,
    replace: [
      [
        '      LEFT JOIN ${sql.identifier(balances.table)} b',
        '      JOIN ${sql.identifier(balances.table)} b',
      ],
    ],
    suites,
  },
  {
    name: 'ledgers: balances without entries are not seen',
    promise: 'LedgerComparison: balances without entries are found',
    file: comparison,
    replace: [['(${keysOf(balances.table)}) held', '(${keysOf(entries.table)}) held']],
    suites,
  },
  {
    name: 'ledgers: the ledger of stock is not marked',
    promise: 'StockLedgerRepository: its ledger is part of the scheduled check',
    file: 'libs/inventory/src/model/stock-ledger.repository.ts',
    replace: [["  name: 'stock',\n", "  name: 'credit',\n"]],
    suites,
  },
];
