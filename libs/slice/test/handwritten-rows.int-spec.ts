import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { getMetadataArgsStorage } from 'typeorm';
import { entitiesByOwner } from './every-slice.js';
import { handwrittenRows } from './handwritten-rows.js';

/** The columns of each table, as its entity describes them. */
function columnsByTable(): Map<string, Set<string>> {
  const { tables, columns } = getMetadataArgsStorage();
  const entities = new Set<unknown>([...entitiesByOwner.values()].flat());
  return new Map(
    tables
      .filter(({ target }) => entities.has(target))
      .map((table) => {
        const own = columns.filter(({ target }) => target === table.target);
        const names = own.map(({ propertyName }) =>
          propertyName.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
        );
        return [table.name ?? '', new Set(names)];
      }),
  );
}

describe('rows of statements', () => {
  it('have the types of their columns from the entities', async () => {
    const tables = columnsByTable();
    const found: string[] = [];
    let files = 0;
    for await (const path of glob(['libs/*/src/**/*.ts', 'apps/*/src/**/*.ts'])) {
      // Migrations are the history of every table; what tests look at is theirs.
      if (/spec\.ts$|^libs\/testing\/|^libs\/database\/src\/migrations\//.test(path)) continue;
      files += 1;
      found.push(...handwrittenRows({ path, text: readFileSync(path, 'utf8') }, tables));
    }
    expect(files).toBeGreaterThan(300);
    expect(found).toEqual([]);
  });

  const from = 'sql`SELECT code, COUNT(*) AS n FROM store GROUP BY code`';

  it.each([
    ['in place', `tx.query<{ code: string }>(${from})`],
    ['beside what is computed', `tx.query<{ n: number; code: string | null }>(${from})`],
    ['in an intersection', `tx.query<RowOf<A, 'id'> & { code: string }>(${from})`],
    ['in an interface', `interface Row { code: string }\nthis.reader.query<Row>(${from})`],
    ['beside columns of it', `interface Row extends A { code: string }\ntx.query<Row>(${from})`],
    ['in a type', `type Row = A & { readonly code: string };\ntx.query<Row>(${from})`],
    ['for a statement made elsewhere', `const s = ${from};\ntx.query<{ code: string }>(s)`],
    ['for what an insert answers', "tx.query<{ code: string }>(sql.insert('store', rows, 'code'))"],
  ])('are found when a column is typed by hand %s', (_, text) => {
    expect(handwrittenRows({ path: 'planted.ts', text }, columnsByTable())).toEqual([
      'planted.ts types the column code by hand: take it from RowOf<Entity, …>',
    ]);
  });

  it.each([
    ['what is computed', `tx.query<{ n: number }>(${from})`],
    ['what a named type narrows', `tx.query<RowOf<A, 'id'> & { code: StoreCode }>(${from})`],
    ['columns of the entity', `tx.query<RowOf<StoreEntity, 'code'>>(${from})`],
  ])('may have %s', (_, text) => {
    expect(handwrittenRows({ path: 'planted.ts', text }, columnsByTable())).toEqual([]);
  });
});
