import type { Dialect } from '../sql/dialect.js';

/**
 * The column types of both dialects. Keys compare by code point on both (SQL Server's default
 * collation would ignore case); integers are 64-bit; times are epoch milliseconds, because
 * SQL Server's `datetime` has steps of 3 ms.
 */
export interface ColumnTypes {
  /** UUID or another id up to 36 characters. */
  readonly id: string;
  /** Text that is compared or sorted by code point. */
  key(length: number): string;
  /** Text for people, bounded. */
  text(length: number): string;
  /** Unbounded text, JSON included. */
  readonly longText: string;
  readonly longBytes: string;
  readonly integer: string;
  /** 0 or 1 */
  readonly flag: string;
  /** A primary key the database counts up; never reuses a number. */
  readonly identity: string;
}

const sqlite: ColumnTypes = {
  id: 'varchar(36)',
  key: (length) => `varchar(${length})`,
  text: (length) => `nvarchar(${length})`,
  longText: 'text',
  longBytes: 'blob',
  integer: 'bigint',
  flag: 'smallint',
  identity: 'integer NOT NULL PRIMARY KEY AUTOINCREMENT',
};

const BINARY = 'COLLATE Latin1_General_100_BIN2';

const mssql: ColumnTypes = {
  id: `nvarchar(36) ${BINARY}`,
  key: (length) => `nvarchar(${length}) ${BINARY}`,
  text: (length) => `nvarchar(${length})`,
  longText: 'nvarchar(max)',
  longBytes: 'varbinary(max)',
  integer: 'bigint',
  flag: 'smallint',
  identity: 'bigint IDENTITY(1,1) NOT NULL PRIMARY KEY',
};

export function columnTypes(dialect: Dialect): ColumnTypes {
  return dialect === 'mssql' ? mssql : sqlite;
}
