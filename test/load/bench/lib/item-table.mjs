// What is cached: rows of one table, in the database of the product, so that its commits and those of the others cost the same.
import { createRequire } from 'node:module';
import { machineMs } from './time.mjs';

const require = createRequire(import.meta.url);

/** The key of item `number`. */
export const keyOf = (number) => `k${number}`;

export function openItemTable(file) {
  const Database = require('better-sqlite3');
  const database = new Database(file, { timeout: 10_000 });
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.exec(
    'CREATE TABLE IF NOT EXISTS bench_item (id TEXT PRIMARY KEY, version INTEGER NOT NULL, written_at REAL NOT NULL)',
  );
  const find = database.prepare('SELECT id, version FROM bench_item WHERE id = ?');
  const insert = database.prepare('INSERT OR IGNORE INTO bench_item VALUES (?, 0, 0)');
  const update = database.prepare(
    'UPDATE bench_item SET version = version + 1, written_at = ? WHERE id = ?',
  );
  const written = database.prepare(
    'SELECT id, version, written_at AS writtenAtMs FROM bench_item WHERE version > 0',
  );
  return {
    create: database.transaction((count) => {
      for (let number = 0; number < count; number += 1) insert.run(keyOf(number));
    }).immediate,
    find: (key) => find.get(key),
    /** One transaction: the rows as they are from now on. */
    write: database.transaction((keys) => {
      for (const key of keys) update.run(machineMs(), key);
    }).immediate,
    /** Every row that was ever written, with the time of its last write. */
    written: () => written.all(),
    close: () => database.close(),
  };
}
