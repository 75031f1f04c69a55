import type { DataSource } from 'typeorm';

interface NamedSql {
  readonly name: string;
  readonly sql: string;
}

const TRIGGER_PREFIX = 'limit_';
const LENGTH = /^n?varchar\((\d+)\)/i;

/**
 * Lets SQLite keep the lengths its columns declare, as SQL Server does: a longer text is refused
 * (`SQLITE_CONSTRAINT_TRIGGER`) instead of being stored where the other database would fail. The
 * limits are those of the column types, for every table there is; triggers that are right already are
 * left alone. SQLite counts code points, SQL Server UTF-16 units.
 */
export async function enforceColumnLimits(database: DataSource): Promise<void> {
  const tables = await database.query<{ name: string }[]>(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'`,
  );
  const present = await database.query<NamedSql[]>(
    `SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '${TRIGGER_PREFIX}%'`,
  );
  const known = new Map(present.map((trigger) => [trigger.name, trigger.sql]));
  for (const { name } of tables) {
    for (const trigger of await triggersOf(database, name)) {
      if (known.get(trigger.name) === trigger.sql) continue;
      await database.query(`DROP TRIGGER IF EXISTS "${trigger.name}"`);
      await database.query(trigger.sql);
    }
  }
}

async function triggersOf(database: DataSource, table: string): Promise<NamedSql[]> {
  const columns = await database.query<{ name: string; type: string }[]>(
    `PRAGMA table_info("${table}")`,
  );
  const tooLong = columns.flatMap(({ name, type }) => {
    const limit = LENGTH.exec(type)?.[1];
    return limit === undefined ? [] : [`length(NEW."${name}") > ${limit}`];
  });
  if (tooLong.length === 0) return [];
  return ['INSERT', 'UPDATE'].map((event) => {
    const name = `${TRIGGER_PREFIX}${table}_${event.toLowerCase()}`;
    const sql = [
      `CREATE TRIGGER "${name}" BEFORE ${event} ON "${table}"`,
      `WHEN ${tooLong.join(' OR ')}`,
      `BEGIN SELECT RAISE(ABORT, 'a text is longer than its column'); END`,
    ].join('\n');
    return { name, sql };
  });
}
