import { resolve } from 'node:path';
import { parseMssqlUrl, type MssqlUrl } from './mssql-url.js';

export type { MssqlUrl };

/** The embedded database: one file, shared by the replicas of one machine. */
export interface SqliteUrl {
  readonly kind: 'sqlite';
  /** Absolute path. */
  readonly file: string;
}

export type DatabaseUrl = SqliteUrl | MssqlUrl;

/** Reads DATABASE_URL. Throws an Error whose message lists every problem and repeats no secret. */
export function parseDatabaseUrl(text: string): DatabaseUrl {
  if (text.startsWith('sqlite:')) return parseSqliteUrl(text.slice('sqlite:'.length));
  if (text.startsWith('mssql:')) return parseMssqlUrl(text);
  throw new Error('must start with sqlite: or mssql://');
}

function parseSqliteUrl(rest: string): SqliteUrl {
  const file = rest.startsWith('///') ? rest.slice(2) : rest;
  if (file === '' || file.startsWith('//') || file.endsWith('/')) {
    throw new Error('must name a file: sqlite:./data/lockstep.db or sqlite:/var/lib/lockstep.db');
  }
  if (file === ':memory:') {
    throw new Error('sqlite::memory: cannot be used: replicas share the database through a file');
  }
  if (file.includes('?')) throw new Error('sqlite: takes no parameters');
  return { kind: 'sqlite', file: resolve(file) };
}
