// What one order writes, found by comparing the database before and after it, to be written again with other ids.
import { randomBytes, randomUUID } from 'node:crypto';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Every row of every table, by its primary key. */
export function snapshotOf(database) {
  return new Map(
    tablesOf(database).map((table) => [
      table.name,
      new Map(
        database
          .prepare(`SELECT * FROM "${table.name}"`)
          .all()
          .map((row) => [keyOf(table, row), row]),
      ),
    ]),
  );
}

/** `inserts`: table and rows that are new; `updates`: table, key and changed columns of rows that were there. */
export function templateOf(database, before) {
  const inserts = [];
  const updates = [];
  for (const table of tablesOf(database)) {
    const earlier = before.get(table.name) ?? new Map();
    const rows = database.prepare(`SELECT * FROM "${table.name}"`).all();
    const added = rows.filter((row) => !earlier.has(keyOf(table, row)));
    if (added.length > 0) inserts.push({ table: table.name, rows: added });
    for (const row of rows) {
      const old = earlier.get(keyOf(table, row));
      const changed = Object.keys(row).filter((column) => old && old[column] !== row[column]);
      if (changed.length > 0)
        updates.push({ table: table.name, key: pick(row, table.key), changed });
    }
  }
  return { inserts, updates, renewed: renewedValues(database, inserts) };
}

/** The rows of the template with new values wherever an index wants them to be unique. */
export function copyOf({ inserts, renewed }) {
  const fresh = new Map([...renewed].map((value) => [value, anotherLike(value)]));
  return inserts.map(({ table, rows }) => ({
    table,
    rows: rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([column, value]) => [column, fresh.get(value) ?? value]),
      ),
    ),
  }));
}

function renewedValues(database, inserts) {
  const values = new Set();
  for (const { table, rows } of inserts) {
    const { key, unique } = tablesOf(database).find(({ name }) => name === table);
    for (const row of rows) {
      for (const column of [...key, ...unique]) {
        if (typeof row[column] === 'string' && row[column].length > 8) values.add(row[column]);
        // The database counts these itself.
        if (typeof row[column] === 'number' && key.length === 1) delete row[column];
      }
    }
  }
  return values;
}

function anotherLike(value) {
  if (UUID.test(value)) return randomUUID();
  return randomBytes(value.length).toString('hex').slice(0, value.length);
}

function tablesOf(database) {
  return database
    .prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
    .all()
    .map(({ name }) => {
      const columns = database.pragma(`table_info("${name}")`);
      const key = columns.filter(({ pk }) => pk > 0).map((column) => column.name);
      const unique = database
        .pragma(`index_list("${name}")`)
        .filter((index) => index.unique === 1)
        .flatMap((index) => database.pragma(`index_info("${index.name}")`))
        .map((column) => column.name);
      return { name, key, unique };
    });
}

function keyOf({ key }, row) {
  return JSON.stringify(key.map((column) => row[column]));
}

function pick(row, columns) {
  return Object.fromEntries(columns.map((column) => [column, row[column]]));
}
