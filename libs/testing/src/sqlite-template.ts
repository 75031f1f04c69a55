import { constants, copyFile, mkdtemp, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';

/** Set by test/support/jest/open-run-folder.mjs; without it every file is made anew. */
const FOLDER = process.env['LOCKSTEP_TEST_RUN'];

/**
 * Gives a test a SQLite file that is costly to make: it is made once in a run of the tests, by `make`, and copied from then
 * on. A copy is an installation of its own (`settleInstallation` sees to it). `make` leaves no connection open.
 */
export async function fromTemplate(
  name: string,
  file: string,
  make: (file: string) => Promise<void>,
): Promise<void> {
  if (FOLDER === undefined) return make(file);
  const template = join(FOLDER, `${name}.db`);
  if (!existsSync(template)) await makeTemplate(FOLDER, template, make);
  await copyFile(template, file, constants.COPYFILE_EXCL);
}

/** Suites run side by side: each that finds none makes one, and the last to finish wins. */
async function makeTemplate(
  folder: string,
  template: string,
  make: (file: string) => Promise<void>,
): Promise<void> {
  const own = await mkdtemp(join(folder, 'making-'));
  const file = join(own, 'lockstep.db');
  await make(file);
  gatherIn(file);
  await rename(file, template);
  await rm(own, { recursive: true, force: true });
}

/** A process that ended without closing its last connection leaves what it wrote beside the file. */
function gatherIn(file: string): void {
  const database = new BetterSqlite3(file);
  try {
    database.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    database.close();
  }
}
