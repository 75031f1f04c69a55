import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { openDatabase, temporarySqlite, type SqliteFixture } from '#libs/testing';
import { unkeptPromises } from './promised-columns.js';
import { readStatements, type ReadStatement } from './read-statements.js';

/** What a reader of sources and SQLite cannot read, and why. */
const unread: Readonly<Record<string, string>> = {
  'libs/customers/src/authoring/personal-data/personal-data.reader.ts':
    'each slice names the columns that are told',
  'libs/database/src/unit-of-work/application-lock.ts': 'a procedure of SQL Server',
  'libs/database/src/opening/database-state.ts': 'each database is asked for a state of its own',
  'libs/database/src/sql/delete-batch.ts': 'the caller names table and key',
  'libs/database/src/unit-of-work/pending-transaction.ts': 'passes on what a unit of work asks',
  'libs/jobs/src/ledgers/ledger-comparison.ts':
    'the slice of a ledger names its tables and columns',
};

async function filesWithStatements(): Promise<string[]> {
  const paths: string[] = [];
  for await (const path of glob(['libs/*/src/**/*.ts', 'apps/*/src/**/*.ts'])) {
    // Migrations are the history of every table; what tests look at is theirs.
    if (/spec\.ts$|^libs\/testing\/|^libs\/database\/src\/migrations\//.test(path)) continue;
    if (/\bquery\b/.test(readFileSync(path, 'utf8'))) paths.push(path);
  }
  return paths;
}

const store = "RowOf<StoreEntity, 'code' | 'version'>";
const inDialects = (mssql: string, sqlite: string) =>
  `sql.byDialect({ sqlite: sql\`${sqlite}\`, mssql: sql\`${mssql}\` })`;
const deleting = (output: string, returning: string) =>
  `q.query<${store}>(sql\`DELETE FROM store \${${inDialects(output, '')}} WHERE code = \${code} \${${inDialects('', returning)}}\`)`;
const both = 'OUTPUT deleted.code, deleted.version';

/** What breaks the rule, and the words in which it is told. */
const breaches: readonly (readonly [string, string, string])[] = [
  [
    'one too many',
    `q.query<${store}>(sql\`SELECT code, version, id FROM store\`)`,
    'selects id, which its row type lacks',
  ],
  [
    'one too few',
    `q.query<${store}>(sql\`SELECT code FROM store\`)`,
    'promises version, which it does not select',
  ],
  [
    'another alias',
    `q.query<${store}>(sql\`SELECT code AS name, version FROM store\`)`,
    'promises code, which it does not select',
  ],
  [
    'a column that there is not',
    `q.query<${store}>(sql\`SELECT s.code, s.versoin FROM store s\`)`,
    'names s.versoin, which no entity',
  ],
  [
    'one column twice',
    `q.query<${store}>(sql\`SELECT s.code, s.version, t.code FROM store s JOIN store t ON t.id = s.id\`)`,
    'selects code twice',
  ],
  [
    'a constant elsewhere',
    `q.query<${store}>(sql\`SELECT \${columns} FROM store\`)`,
    'selects id, which its row type lacks',
  ],
  [
    'a statement that a function makes',
    `q.query<${store}>(made(code))`,
    'promises version, which it does not select',
  ],
  [
    'what the callers of a function give',
    `q.query<${store}>(given)`,
    'promises version, which it does not select',
  ],
  [
    'one side of a condition',
    `q.query<${store}>(sql\`SELECT \${code === '' ? sql\`code\` : columns}, version FROM store\`)`,
    'selects id, which',
  ],
  [
    'a row that the result names',
    `const rows: ${store}[] = await q.query(sql\`SELECT code FROM store\`)`,
    'promises version',
  ],
  ['RETURNING', deleting(both, 'RETURNING code'), 'promises version, which it does not select'],
  [
    'OUTPUT',
    deleting('OUTPUT deleted.code', 'RETURNING code, version'),
    'promises version, which it does not select',
  ],
  [
    'an OUTPUT that is missing',
    deleting('', 'RETURNING code, version'),
    'promises code, which it does not select',
  ],
  [
    'what an insert answers',
    `q.query<${store}>(sql.insert('store', [], 'code'))`,
    'promises version',
  ],
  [
    'one database',
    `q.query<${store}>(sql\`SELECT code, \${${inDialects('id AS version', 'version')}} FROM store\`)`,
    'selects something else on SQL Server',
  ],
  [
    'what only a run knows',
    `q.query<${store}>(sql\`SELECT \${variable} FROM store\`)`,
    'are put together at run time',
  ],
  [
    'a type that the caller chooses',
    'q.query<Row>(sql`SELECT code FROM store`)',
    'has a row type without names',
  ],
  [
    'a record of anything',
    'q.query<Record<string, unknown>>(sql`SELECT code FROM store`)',
    'has a row type without names',
  ],
];

const kept: readonly (readonly [string, string])[] = [
  [
    'the columns of the type',
    `q.query<${store}>(sql\`SELECT version, s.code FROM store s WHERE \${variable}\`)`,
  ],
  ['what is computed', 'q.query<{ n: number }>(sql`SELECT COUNT(*) AS n FROM store`)'],
  [
    'what an outer join may not find',
    "q.query<OuterRowOf<StoreEntity, 'code'>>(sql`SELECT code FROM store`)",
  ],
  ['OUTPUT and RETURNING', deleting(both, 'RETURNING code, version')],
  ['only whether there is a row', 'q.query(sql`SELECT 1 AS taken FROM store`)'],
];

const planted = (statement: string) => `
  import { sql, type OuterRowOf, type RowOf, type SqlQueries, type SqlStatement } from '#libs/database';
  import type { StoreEntity } from '../../stores/src/model/store.entity.js';
  const columns = sql\`id, code\`;
  const made = (code: string) => sql\`SELECT code FROM store WHERE code = \${code}\`;
  let variable = sql.empty;
  async function plant<Row extends object>(q: SqlQueries, code: string, given: SqlStatement) {
    ${statement};
  }
  plant(undefined!, '', sql\`SELECT code FROM store\`);`;
const pathOf = (index: number) => `libs/slice/test/planted-${index}.ts`;

describe('statements', () => {
  let folder: SqliteFixture;
  let database: Database.Database;
  let statements: readonly ReadStatement[];

  beforeAll(async () => {
    folder = await temporarySqlite();
    await (await openDatabase(folder.url)).close();
    database = new Database(folder.file, { readonly: true });
    const plants = [...breaches, ...kept].map(
      ([, statement], index) => [pathOf(index), planted(statement)] as const,
    );
    statements = readStatements(await filesWithStatements(), new Map(plants));
  });

  afterAll(async () => {
    database.close();
    await folder.remove();
  });

  const foundIn = (index: number) => {
    const own = statements.filter(({ place }) => place.startsWith(`${pathOf(index)}:`));
    expect(own).toHaveLength(1);
    return own.flatMap((statement) => unkeptPromises(statement, database));
  };

  it('select the columns that the type of their row promises', () => {
    const own = statements.filter(({ place }) => !place.startsWith('libs/slice/test/'));
    expect(own.length).toBeGreaterThan(200);
    const found = own.flatMap((statement) => unkeptPromises(statement, database));
    const isUnread = (line: string) => (line.split(':')[0] ?? '') in unread;
    expect(found.filter((line) => !isUnread(line))).toEqual([]);
    // One that can be read by now leaves the list.
    const files = found.filter(isUnread).map((line) => line.split(':')[0]);
    expect(new Set(files)).toEqual(new Set(Object.keys(unread)));
  });

  it.each(breaches.map(([name, , line], index) => [name, index, line] as const))(
    'are found that differ from their row in %s',
    (_, index, line) => {
      expect(foundIn(index)).toContainEqual(expect.stringContaining(line));
    },
  );

  it.each(kept.map(([name], index) => [name, breaches.length + index] as const))(
    'may select %s',
    (_, index) => {
      expect(foundIn(index)).toEqual([]);
    },
  );
});
