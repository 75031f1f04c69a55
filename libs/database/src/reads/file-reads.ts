import BetterSqlite3 from 'better-sqlite3';
import type { RenderedSql } from '../sql/sql.js';
import type { ReadSource } from './read-source.js';

/**
 * Committed reads of a SQLite file on the thread that asks for them, which stands still meanwhile: for a worker thread that has
 * few statements, and nothing else to do.
 */
export class FileReads implements ReadSource {
  private readonly database: BetterSqlite3.Database;
  private readonly prepared = new Map<string, BetterSqlite3.Statement<unknown[], object>>();

  constructor(readonly file: string) {
    this.database = new BetterSqlite3(file, { readonly: true, fileMustExist: true, timeout: 0 });
  }

  read({ text, parameters }: RenderedSql): Promise<object[]> {
    // What it throws rejects.
    return new Promise((resolve) => {
      resolve(this.prepare(text).all(...parameters));
    });
  }

  private prepare(text: string): BetterSqlite3.Statement<unknown[], object> {
    const known = this.prepared.get(text);
    if (known !== undefined) return known;
    const statement = this.database.prepare<unknown[], object>(text);
    this.prepared.set(text, statement);
    return statement;
  }
}
