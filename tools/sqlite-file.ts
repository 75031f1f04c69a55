import { loadConfig } from '#libs/config';
import { folderEnvironment } from './fleet/folder-environment.js';
import { UsageError } from './usage-error.js';

/** The SQLite file of this environment, for a tool that works on files. Throws `UsageError` where the database is SQL Server. */
export async function sqliteFile(tool: string): Promise<string> {
  const { url } = loadConfig(await folderEnvironment(process.cwd(), tool), 'authoring').database;
  if (url.kind === 'sqlite') return url.file;
  throw new UsageError(
    'SQL Server is backed up with its own tools: see docs/operations.md, "Backup"',
  );
}
