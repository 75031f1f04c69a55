import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SqliteFixture {
  /** The folder, for other files of the test. */
  readonly folder: string;
  readonly file: string;
  /** The form that `DATABASE_URL` takes. */
  readonly url: string;
  /** Deletes the folder. Close every connection first. */
  remove(): Promise<void>;
}

/** A folder of the test's own for one SQLite database; the file does not exist yet. */
export async function temporarySqlite(): Promise<SqliteFixture> {
  const folder = await mkdtemp(join(tmpdir(), 'lockstep-test-'));
  const file = join(folder, 'lockstep.db');
  return {
    folder,
    file,
    url: `sqlite:${file}`,
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}
