import { resolve } from 'node:path';
import { backUpSqlite } from '#libs/database';
import { sqliteFile } from './sqlite-file.js';
import { UsageError } from './usage-error.js';

const USAGE = 'usage: npm run backup -- file';

/** `npm run backup`: a checked copy of the SQLite database, while replicas run. */
export async function run(args: readonly string[], print: (line: string) => void): Promise<number> {
  const [to, ...others] = args;
  if (to === undefined || others.length > 0) throw new UsageError(USAGE);
  const from = await sqliteFile('backup');
  await backUpSqlite(from, resolve(to));
  print(`${from} is backed up as ${resolve(to)}`);
  return 0;
}
