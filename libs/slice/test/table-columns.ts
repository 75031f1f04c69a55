import { DataSource, type DataSourceOptions } from 'typeorm';

/** A column in the terms of `ColumnTypes`, so that both dialects and the entities can be compared. */
export interface TableColumn {
  readonly table: string;
  readonly column: string;
  /** `key(36)`, `text(200)`, `longText`, `longBytes`, `integer`, `flag`; anything else as the database calls it. */
  readonly type: string;
  readonly isNullable: boolean;
  readonly isPrimary: boolean;
}

/** TypeORM makes and fills this table itself. */
const ownedByTypeOrm = ['migrations'];

/** The columns that entities describe. Opens the database with them, so that the driver accepts every type. */
export async function columnsOfEntities(
  options: DataSourceOptions,
  entities: readonly (new () => object)[],
): Promise<TableColumn[]> {
  const source = new DataSource({ ...options, entities: [...entities] });
  await source.initialize();
  try {
    return source.entityMetadatas.flatMap(({ tableName, columns }) =>
      columns.map((column) => ({
        table: tableName,
        column: column.databaseName,
        type: typeOf(column.type, column.length),
        isNullable: column.isNullable,
        isPrimary: column.isPrimary,
      })),
    );
  } finally {
    await source.destroy();
  }
}

function typeOf(type: unknown, length: string): string {
  if (type === Number) return 'integer';
  if (type === Buffer) return 'longBytes';
  return family(String(type), length);
}

/** The columns that the migrated database has. */
export async function columnsOfSchema(database: DataSource): Promise<TableColumn[]> {
  const columns =
    database.options.type === 'mssql'
      ? await mssqlColumns(database)
      : await sqliteColumns(database);
  return columns.filter(({ table }) => !ownedByTypeOrm.includes(table));
}

async function sqliteColumns(database: DataSource): Promise<TableColumn[]> {
  const rows = await database.query<
    { table: string; column: string; type: string; needed: number; pk: number }[]
  >(`
    SELECT t.name AS "table", c.name AS "column", c.type, c."notnull" AS needed, c.pk
    FROM sqlite_master t
    JOIN pragma_table_info(t.name) c
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite!_%' ESCAPE '!'
  `);
  return rows.map(({ table, column, type, needed, pk }) => {
    const [, name = '', length = ''] = /^(\w+)(?:\((\d+)\))?$/.exec(type.toLowerCase()) ?? [];
    return {
      table,
      column,
      type: family(name, length),
      isNullable: needed === 0,
      isPrimary: pk !== 0,
    };
  });
}

async function mssqlColumns(database: DataSource): Promise<TableColumn[]> {
  const rows = await database.query<
    {
      table: string;
      column: string;
      type: string;
      bytes: number;
      collation: string | null;
      nullable: boolean;
      pk: number;
    }[]
  >(`
    SELECT t.name AS [table], c.name AS [column], y.name AS type, c.max_length AS bytes,
           c.collation_name AS collation, c.is_nullable AS nullable,
           (
             SELECT COUNT(*)
             FROM sys.indexes i
             JOIN sys.index_columns k ON k.object_id = i.object_id AND k.index_id = i.index_id
             WHERE i.object_id = t.object_id AND i.is_primary_key = 1 AND k.column_id = c.column_id
           ) AS pk
    FROM sys.tables t
    JOIN sys.columns c ON c.object_id = t.object_id
    JOIN sys.types y ON y.user_type_id = c.user_type_id
    WHERE SCHEMA_NAME(t.schema_id) = 'dbo'
    ORDER BY t.name, c.column_id
  `);
  return rows.map(({ table, column, type, bytes, collation, nullable, pk }) => {
    // Lengths in sys.columns are bytes; -1 is nvarchar(max). Only keys have a binary collation.
    const isKey = collation?.toUpperCase().endsWith('_BIN2') === true;
    const name = type === 'nvarchar' && bytes === -1 ? 'text' : isKey ? 'varchar' : type;
    return {
      table,
      column,
      type: family(name, String(bytes / 2)),
      isNullable: nullable,
      isPrimary: pk > 0,
    };
  });
}

function family(name: string, length: string): string {
  switch (name) {
    case 'varchar':
      return `key(${length})`;
    case 'nvarchar':
      return `text(${length})`;
    case 'text':
      return 'longText';
    case 'blob':
    case 'varbinary':
      return 'longBytes';
    case 'integer':
    case 'bigint':
    // How TypeORM calls a version for SQL Server, whatever its column is declared as.
    case 'int':
      return 'integer';
    case 'smallint':
      return 'flag';
    default:
      return name;
  }
}

/** What entities and schema disagree in, in words; empty when every table has exactly one entity and each column is the same. */
export function differences(
  schema: readonly TableColumn[],
  entities: readonly TableColumn[],
): string[] {
  const described = new Map<string, TableColumn>();
  const found: string[] = [];
  for (const column of entities) {
    const key = nameOf(column);
    if (described.has(key)) found.push(`${key} is described twice`);
    described.set(key, column);
  }
  for (const column of schema) {
    const key = nameOf(column);
    const entity = described.get(key);
    described.delete(key);
    if (entity === undefined) found.push(`${key} has no entity`);
    else if (inWords(entity) !== inWords(asDescribed(column, entity)))
      found.push(`${key} is ${inWords(column)}; its entity says ${inWords(entity)}`);
  }
  return [...found, ...[...described.keys()].map((key) => `${key} is in no table`)];
}

/**
 * A key may be `nvarchar` in its entity: which collation a column has is no part of an entity, and SQL Server would cut
 * a `varchar` parameter to its code page. The reverse is a difference for that reason.
 */
function asDescribed(column: TableColumn, { type }: TableColumn): TableColumn {
  return type.replace('text(', 'key(') === column.type ? { ...column, type } : column;
}

const nameOf = ({ table, column }: TableColumn): string => `${table}.${column}`;

function inWords({ type, isNullable, isPrimary }: TableColumn): string {
  return `${type}${isNullable ? '' : ' NOT NULL'}${isPrimary ? ' PRIMARY KEY' : ''}`;
}
