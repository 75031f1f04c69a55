// Writes what a template says, again and again, by prepared statements.
import { copyOf } from './order-template.mjs';

/** Answers a function that writes one more order; to be called inside a transaction. */
export function orderWriter(database, template, { isWanted = () => true, hasUpdates = true } = {}) {
  const wanted = {
    ...template,
    inserts: template.inserts.filter(({ table }) => isWanted(table)),
  };
  const inserts = new Map(
    wanted.inserts.map(({ table, rows: [row] }) => {
      const columns = Object.keys(row);
      const names = columns.map((column) => `"${column}"`).join(', ');
      const marks = columns.map((column) => `@${column}`).join(', ');
      return [table, database.prepare(`INSERT INTO "${table}" (${names}) VALUES (${marks})`)];
    }),
  );
  const updates = (hasUpdates ? template.updates : []).map(({ table, key, changed }) => {
    const set = changed.map((column) => `"${column}" = "${column}"`).join(', ');
    const found = Object.keys(key).map((column) => `"${column}" = @${column}`);
    return [database.prepare(`UPDATE "${table}" SET ${set} WHERE ${found.join(' AND ')}`), key];
  });
  return () => {
    for (const { table, rows } of copyOf(wanted)) {
      for (const row of rows) inserts.get(table).run(row);
    }
    for (const [statement, key] of updates) statement.run(key);
  };
}
