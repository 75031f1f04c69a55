import { resolve } from 'node:path';
import { restoreSqlite } from '#libs/database';
import { sqliteFile } from './sqlite-file.js';
import { UsageError } from './usage-error.js';

const USAGE = 'usage: npm run restore -- file';

/** `npm run restore`: puts a backup in the place of the SQLite database, and keeps what was there. */
export async function run(args: readonly string[], print: (line: string) => void): Promise<number> {
  const [from, ...others] = args;
  if (from === undefined || others.length > 0) throw new UsageError(USAGE);
  const file = await sqliteFile('restore');
  const kept = await restoreSqlite(resolve(from), file);
  print(`${file} is restored from ${resolve(from)}`);
  if (kept !== undefined) print(`what was there is kept as ${kept}`);
  print(
    'start every replica again: those that run notice that their file was replaced, and are not ready',
  );
  return 0;
}
