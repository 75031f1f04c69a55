import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  describeOnEachDatabase,
  openDatabase,
  type DatabaseFixture,
  type OpenDatabase,
} from '#libs/testing';
import { sql } from '../sql/sql.js';

interface Column {
  readonly table_name: string;
  readonly column_name: string;
  readonly is_text: boolean;
  readonly is_needed: boolean;
  readonly max_length: number;
}

describeOnEachDatabase('columns', (open, kind) => {
  let fixture: DatabaseFixture;
  let database: OpenDatabase;

  beforeAll(async () => {
    fixture = await open();
    database = await openDatabase(fixture.url);
  });

  afterAll(async () => {
    await database.close();
    await fixture.remove();
  });

  /** Every column of every table, as the migrated database describes it. */
  const columns = async (): Promise<Column[]> => {
    if (kind === 'mssql') {
      // Lengths in sys.columns are bytes; -1 is nvarchar(max).
      const rows = await database.writer.query<
        {
          table_name: string;
          column_name: string;
          data_type: string;
          bytes: number;
          is_nullable: boolean;
          is_identity: boolean;
        }[]
      >(`
        SELECT t.name AS table_name, c.name AS column_name, y.name AS data_type,
               c.max_length AS bytes, c.is_nullable, c.is_identity
        FROM sys.tables t
        JOIN sys.columns c ON c.object_id = t.object_id
        JOIN sys.types y ON y.user_type_id = c.user_type_id
        WHERE t.name <> 'migrations' AND SCHEMA_NAME(t.schema_id) = 'dbo'`);
      return rows.map((row) => ({
        ...row,
        is_text: row.data_type === 'nvarchar',
        is_needed: !row.is_nullable && !row.is_identity,
        max_length: row.data_type === 'nvarchar' ? row.bytes / 2 : 0,
      }));
    }
    const rows = await database.writer.query<
      { table_name: string; column_name: string; data_type: string; is_needed: number }[]
    >(`
      SELECT t.name AS table_name, c.name AS column_name, c.type AS data_type,
             c."notnull" AS is_needed
      FROM sqlite_master t JOIN pragma_table_info(t.name) c
      WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite!_%' ESCAPE '!' AND t.name <> 'migrations'`);
    return rows.map((row) => ({
      ...row,
      is_text: /char|text/i.test(row.data_type),
      is_needed: row.is_needed !== 0,
      max_length: Number(/\((\d+)\)/.exec(row.data_type)?.[1] ?? 0),
    }));
  };

  it('refuse a text that is longer than they declare, in every table', async () => {
    const all = await columns();
    const limited = all.filter(({ is_text, max_length }) => is_text && max_length > 0);
    expect(limited.length).toBeGreaterThan(80);
    const accepted: string[] = [];
    for (const { table_name, column_name, max_length } of limited) {
      const row = Object.fromEntries(
        all
          .filter((each) => each.table_name === table_name && each.is_needed)
          .map((each) => [each.column_name, each.is_text ? '' : 0]),
      );
      const tooLong = { ...row, [column_name]: 'x'.repeat(max_length + 1) };
      const refusal = await database.unitOfWork
        .run((tx) => tx.execute(sql.insert(table_name, [tooLong])))
        .then(() => undefined, numberOf);
      const isRefused =
        kind === 'sqlite'
          ? refusal === 'SQLITE_CONSTRAINT_TRIGGER'
          : refusal === 8152 || refusal === 2628;
      if (!isRefused) accepted.push(`${table_name}.${column_name}: ${String(refusal)}`);
    }
    expect(accepted).toEqual([]);
  });
});

function numberOf(error: unknown): unknown {
  const { driverError, number, code } = error as {
    driverError?: { number?: number; code?: string };
    number?: number;
    code?: string;
  };
  return driverError?.number ?? number ?? driverError?.code ?? code;
}
