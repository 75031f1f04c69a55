import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { getMetadataArgsStorage } from 'typeorm';
import { entitiesByOwner } from './every-slice.js';
import { foreignTables } from './foreign-tables.js';

/** Who owns each table and each entity class. */
function owners(): Map<string, string> {
  const owned = new Map<string, string>();
  for (const [owner, entities] of entitiesByOwner) {
    for (const entity of entities) {
      const { name } =
        getMetadataArgsStorage().tables.find(({ target }) => target === entity) ?? {};
      if (name === undefined) throw new Error(`${entity.name} names no table`);
      owned.set(name, owner);
      owned.set(entity.name, owner);
    }
  }
  return owned;
}

/** The library where that is a slice; `platform` for the libraries below; else the application or tool. */
function ownerOf(path: string): string {
  const [root = '', name = ''] = path.split('/');
  if (root !== 'libs') return path.split('/', 2).join('/');
  return entitiesByOwner.has(name) ? name : 'platform';
}

describe('tables', () => {
  it('are named by the slice that owns them alone', async () => {
    const known = owners();
    const found: string[] = [];
    let files = 0;
    for await (const path of glob(['libs/*/src/**/*.ts', 'apps/*/src/**/*.ts'])) {
      // Migrations are the history of every table; what tests look at is theirs.
      if (/spec\.ts$|^libs\/testing\/|^libs\/database\/src\/migrations\//.test(path)) continue;
      files += 1;
      const text = readFileSync(path, 'utf8');
      found.push(...foreignTables({ path, owner: ownerOf(path), text }, known));
    }
    expect(files).toBeGreaterThan(300);
    expect(found).toEqual([]);
  });

  it.each([
    ['a select', 'sql`SELECT 1\n  FROM price_list`'],
    ['a join', 'sql`SELECT 1 FROM product p LEFT JOIN price_list l ON 1 = 1`'],
    ['an update', 'sql`UPDATE price_list SET version = 1`'],
    ['a delete', 'sql`DELETE FROM "price_list" WHERE 1 = 1`'],
    ['an insert', "sql.insert('price_list', rows)"],
    ['rows that are inserted', "insertRows(\n  tx,\n  'price_list',\n  rows)"],
    ['rows that are deleted', "deleteRows(this.tx, 'price_list', 'id', ids)"],
    ['a batch', "deleteBatch(tx, { table: 'price_list', key: 'id', condition })"],
    ['a union of tables', "function conflict(table: 'product' | 'price_list'): void {}"],
    ['an entity', 'tx.manager.find(PriceListEntity, {})'],
  ])('are found in %s of another slice', (_, text) => {
    const file = { path: 'libs/catalog/src/planted.ts', owner: 'catalog', text };
    expect(foreignTables(file, owners())).toEqual([
      expect.stringMatching(/names (price_list|PriceListEntity), which pricing owns/),
    ]);
    expect(foreignTables({ ...file, owner: 'pricing' }, owners())).not.toContainEqual(
      expect.stringContaining('pricing owns'),
    );
  });
});
