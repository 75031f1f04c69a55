const personal = 'libs/customers/src/authoring/personal-data';
const exportsSpec = `${personal}/personal-exports.int-spec.ts`;
const catalog = `${personal}/personal-data-catalog.ts`;
const catalogSpec = `${personal}/personal-data-catalog.spec.ts`;
const reader = `${personal}/personal-data.reader.ts`;
const readerSpec = `${personal}/personal-data.reader.int-spec.ts`;
const handler = `${personal}/export-customer.handler.ts`;
const repository = `${personal}/personal-export.repository.ts`;
const asked = `${personal}/personal-exports.ts`;
const tablesSpec = 'libs/slice/test/personal-data.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'personal data: a slice erases and tells nothing',
    promise: 'PersonalDataCatalog: a slice that erases something of a person tells what it keeps',
    file: catalog,
    replace: [['data.some((told) => told.slice === slice && told.parts.length > 0)', 'true']],
    suites: [catalogSpec],
  },
  {
    name: 'personal data: carts are forgotten',
    promise: 'every table about people is told by its slice',
    file: 'libs/carts/src/authoring/carts-authoring.module.ts',
    replace: [
      ['@TellsPersonalData(cartsPersonalData)\n', 'void [TellsPersonalData, cartsPersonalData];\n'],
    ],
    suites: [tablesSpec],
  },
  {
    name: 'personal data: the hash of a token is told',
    promise: 'the export tells no secret',
    file: 'libs/carts/src/authoring/carts-personal-data.ts',
    replace: [
      ["        'currency',\n", "        'currency',\n        'token_hash',\n"],
      ["'store_id', 'token_hash', 'customer_id'", "'store_id', 'customer_id'"],
    ],
    suites: [tablesSpec, exportsSpec],
  },
  {
    name: 'personal data: only the first page is told',
    promise: 'PersonalDataReader: everything of the person, page by page',
    file: reader,
    replace: [['if (rows.length < ROWS_PER_PAGE) return;', 'return;']],
    suites: [exportsSpec],
  },
  {
    name: 'personal data: a page that ends within an order loses its other lines',
    promise: 'PersonalDataReader: everything of the person, page by page',
    file: reader,
    replace: [['OR (${column} = ${value} AND ', 'OR (${column} < ${value} AND ']],
    suites: [readerSpec],
  },
  {
    name: 'personal data: the mails of everybody are told',
    promise: 'PersonalDataReader: what the mailbox of the person was sent, and no other',
    file: reader,
    replace: [['= ${person.email.toLowerCase()}`', 'LIKE ${`%${person.email.toLowerCase()}`}`']],
    suites: [exportsSpec],
  },
  {
    name: 'personal data: a run goes on behind what an earlier one wrote',
    promise: 'ExportCustomerHandler: each run begins anew',
    file: handler,
    replace: [['(tx) => this.exports.clear(tx, exportId)', 'async () => undefined']],
    suites: [exportsSpec],
  },
  {
    name: 'personal data: a piece is written after the erasure',
    promise: 'ExportCustomerHandler: an erasure leaves nothing behind',
    file: handler,
    replace: [
      ['if (await this.customers.isErased(tx, customerId)) throw', 'if (tx === null) throw'],
    ],
    suites: [exportsSpec],
  },
  {
    name: 'personal data: an erasure leaves the file',
    promise: 'EraseCustomerHandler: takes away what was exported of the person',
    file: 'libs/customers/src/authoring/erase-customer.handler.ts',
    replace: [['    await this.exports.removeOf(tx, customerId);\n', '']],
    suites: [exportsSpec],
  },
  {
    name: 'personal data: a file is given out when its time is over',
    promise: 'PersonalExports: a file can be downloaded for a limited time',
    file: asked,
    replace: [[' || found.expiresAt <= this.clock.wallMs()', '']],
    suites: [exportsSpec],
  },
  {
    name: 'personal data: a file is never pruned',
    promise: 'PersonalExportPruner: files go when their time is over',
    file: repository,
    replace: [['WHERE e.expires_at <= ${now}', 'WHERE e.expires_at < 0 AND 0 < ${now}']],
    suites: [exportsSpec],
  },
  {
    name: 'personal data: an export of another customer is given out',
    promise: 'PersonalExports: an export is one of the customer who was named',
    file: repository,
    replace: [
      [
        'sql`e.customer_id = ${customerId} AND e.id = ${id}`',
        'sql`e.id = ${id} AND ${customerId} <> 1`',
      ],
    ],
    suites: [exportsSpec],
  },
  {
    name: 'personal data: each request makes an export',
    promise: 'PersonalExports: one waits for a person at a time',
    file: asked,
    replace: [['if (waiting !== undefined) return waiting;', '']],
    suites: [exportsSpec],
  },
];
