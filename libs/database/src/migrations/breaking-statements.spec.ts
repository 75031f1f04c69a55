import { describe, expect, it } from '@jest/globals';
import type { QueryRunner } from 'typeorm';
import { breakingStatements, type MigrationStatements } from '../../test/breaking-statements.js';
import { migrations } from './index.js';

/**
 * What was done before the first release: no release ran beside it, and none that comes goes back behind it. Nothing is added here for what a
 * release has: it is expanded first, and contracted when no release that needs it runs any more, with that release named as the reason.
 */
const BEFORE_THE_FIRST_RELEASE = new Map([
  ['PricesAndStock1730000000007: DROP TABLE variant_price', 'moved to price'],
  ['PricesAndStock1730000000007: DROP TABLE variant_stock', 'moved to stock_item'],
  ['Search1730000000014: DROP TABLE product_listing_name', 'lists are sorted in memory'],
]);

/** The statements of each migration on an empty database. */
async function historyOf(type: 'mssql' | 'better-sqlite3'): Promise<MigrationStatements[]> {
  const history: MigrationStatements[] = [];
  for (const Migration of migrations) {
    const statements: string[] = [];
    const query = (text: string) => {
      statements.push(text);
      return Promise.resolve([]);
    };
    const migration = new Migration();
    await migration.up({ query, dataSource: { options: { type } } } as unknown as QueryRunner);
    history.push({ name: migration.name, statements });
  }
  return history;
}

const BEFORE: MigrationStatements = {
  name: 'Before',
  statements: [
    'CREATE TABLE cart (id varchar(36) NOT NULL PRIMARY KEY, state varchar(20))',
    'CREATE UNIQUE INDEX ux_cart ON cart (state)',
    'CREATE INDEX ix_cart ON cart (state)',
  ],
};
const breaches = (...statements: string[]) =>
  breakingStatements([BEFORE, { name: 'Next', statements }]).map(({ why }) => why);

describe('migrations', () => {
  it.each(['better-sqlite3', 'mssql'] as const)(
    'leave to the release before what it needs, on %s',
    async (type) => {
      const found = breakingStatements(await historyOf(type));
      const texts = found.map(({ migration, statement }) => `${migration}: ${statement}`);
      // Everything that breaks is explained, and everything that is explained still breaks.
      expect(texts).toEqual([...BEFORE_THE_FIRST_RELEASE.keys()]);
    },
  );
});

describe('a statement that an older release lives with', () => {
  it.each([
    'CREATE TABLE note (id bigint NOT NULL, CONSTRAINT u UNIQUE (id), CHECK (id > 0))',
    'CREATE TABLE note (id bigint REFERENCES cart (id) ON DELETE CASCADE)',
    'ALTER TABLE cart ADD note text',
    'ALTER TABLE cart ADD note decimal(10, 2)',
    "ALTER TABLE cart ADD note text DEFAULT 'DROP; ' NOT NULL",
    'ALTER TABLE cart\n  ADD [note] nvarchar(10) CONSTRAINT df DEFAULT 0 NOT NULL',
    'CREATE INDEX ix_more ON cart (state) WHERE state IS NOT NULL',
    'DROP INDEX ix_cart ON cart',
    'SELECT id FROM cart',
  ])('%s', (statement) => expect(breaches(statement)).toEqual([]));

  it.each([
    ['a table of its own', 'CREATE TABLE note (id bigint)', 'CREATE UNIQUE INDEX u ON note (id)'],
    ['rows of its own', 'CREATE TABLE note (id bigint)', 'INSERT INTO note (id) VALUES (1)'],
    ['what a new column begins with', 'ALTER TABLE cart ADD n bigint', 'UPDATE cart SET n = 1'],
    [
      'what only new rows have once',
      'ALTER TABLE cart ADD n bigint',
      "CREATE UNIQUE INDEX u ON cart (n) WHERE n IS NOT NULL AND state = 'open'",
    ],
  ])('%s', (_name, ...statements) => expect(breaches(...statements)).toEqual([]));
});

describe('a statement that breaks an older release', () => {
  it.each([
    ['DROP TABLE cart', 'takes away'],
    ['ALTER TABLE cart DROP COLUMN state', 'takes away'],
    ['ALTER TABLE cart RENAME COLUMN state TO status', 'takes away'],
    ['ALTER TABLE cart RENAME TO basket', 'takes away'],
    ["EXEC sp_rename 'cart.state', 'status'", 'takes away'],
    ['ALTER TABLE cart ALTER COLUMN state nvarchar(5)', 'takes away'],
    ['ALTER TABLE cart ADD CONSTRAINT ck CHECK (state <> 1)', 'takes away'],
    ['ALTER TABLE cart ADD CONSTRAINT fk FOREIGN KEY (id) REFERENCES product (id)', 'takes away'],
    ['DELETE FROM cart', 'takes away'],
    ['CREATE TRIGGER t ON cart AFTER INSERT AS BEGIN END', 'takes away'],
    ['ALTER TABLE cart ADD note text NOT NULL', 'give it a default'],
    ['ALTER TABLE cart ADD note bigint DEFAULT 0 CHECK (state > 1)', 'refuses rows'],
    ['ALTER TABLE cart ADD note bigint REFERENCES product (id)', 'refuses rows'],
    ['ALTER TABLE cart ADD a bigint NOT NULL, b bigint DEFAULT 0', 'more than one column'],
    ['CREATE TABLE note (id bigint); DROP TABLE cart', 'more than one statement'],
    ['CREATE TABLE note (id bigint) DROP TABLE cart', 'more than one statement'],
    ['CREATE UNIQUE INDEX u ON cart (id, state)', 'refuses rows'],
    ['CREATE UNIQUE INDEX u ON cart (state) WHERE state IS NOT NULL', 'refuses rows'],
    ['DROP INDEX ux_cart', 'counts on'],
    ["INSERT INTO cart (id) VALUES ('x')", 'did not make'],
    ["UPDATE cart SET state = 'new'", 'as it was'],
  ])('%s', (statement, why) => expect(breaches(statement)).toEqual([expect.stringContaining(why)]));

  it('is found where a new column is only part of it', () => {
    const added = 'ALTER TABLE cart ADD n bigint';
    expect(breaches(added, 'CREATE UNIQUE INDEX u ON cart (n)')).toHaveLength(1);
    expect(
      breaches(added, 'CREATE UNIQUE INDEX u ON cart (n) WHERE n IS NOT NULL OR state = 1'),
    ).toHaveLength(1);
    expect(breaches(added, 'UPDATE cart SET n = 1, state = 2')).toHaveLength(1);
    // In a later migration the column is there, and an older release writes it.
    expect(
      breakingStatements([
        BEFORE,
        { name: 'Next', statements: [added] },
        { name: 'Last', statements: ['UPDATE cart SET n = 2'] },
      ]),
    ).toHaveLength(1);
  });
});
