import { copyFile, rename } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import {
  describeOnEachDatabase,
  openDatabase,
  temporarySqlite,
  type DatabaseFixture,
  type OpenDatabase,
  type SqliteFixture,
} from '#libs/testing';
import { InstallationReader } from './installation.js';

async function identityOf(url: string) {
  const opened = await openDatabase(url);
  try {
    return await new InstallationReader(opened.reader).get();
  } finally {
    // The last connection that closes moves the write-ahead log into the file.
    await opened.close();
  }
}

describeOnEachDatabase(
  'the installation',
  (open) => {
    let fixture: DatabaseFixture;
    let opened: OpenDatabase[];

    beforeEach(async () => {
      fixture = await open();
      opened = [];
    });

    afterEach(async () => {
      await Promise.all(opened.map((database) => database.close()));
      await fixture.remove();
    });

    it('is the same for all that open the database at once, and later', async () => {
      opened = await Promise.all([1, 2, 3].map(() => openDatabase(fixture.url)));
      const identities = await Promise.all(
        opened.map(({ reader }) => new InstallationReader(reader).get()),
      );
      expect(identities[0]?.id).toMatch(/^[0-9a-f-]{36}$/);
      expect(identities[0]?.announcementKey).toMatch(/^[0-9a-f]{64}$/);
      expect(new Set(identities.map((identity) => JSON.stringify(identity))).size).toBe(1);
      expect(await identityOf(fixture.url)).toEqual(identities[0]);
    });
  },
  { withoutSchema: true },
);

describe('the installation of a SQLite file', () => {
  let sqlite: SqliteFixture;

  beforeEach(async () => {
    sqlite = await temporarySqlite();
  });

  afterEach(() => sqlite.remove());

  it('is another one for each database', async () => {
    const other = await identityOf(`sqlite:${sqlite.folder}/other.db`);
    const own = await identityOf(sqlite.url);
    expect(other.id).not.toBe(own.id);
    expect(other.announcementKey).not.toBe(own.announcementKey);
  });

  it('is another one for a copy that is opened to write, and stays that', async () => {
    const own = await identityOf(sqlite.url);
    const copy = `${sqlite.folder}/copy.db`;
    await copyFile(sqlite.file, copy);
    const copied = await identityOf(`sqlite:${copy}`);
    expect(copied.id).not.toBe(own.id);
    expect(copied.announcementKey).not.toBe(own.announcementKey);
    expect(await identityOf(`sqlite:${copy}`)).toEqual(copied);
    expect(await identityOf(sqlite.url)).toEqual(own);
  });

  it('is missed, and not made up, when its row was removed', async () => {
    await identityOf(sqlite.url);
    const removed = new BetterSqlite3(sqlite.file);
    removed.exec('DELETE FROM installation');
    for (let times = 0; times < 2; times += 1) {
      await expect(identityOf(sqlite.url)).rejects.toMatchObject({
        code: 'database.no-installation',
        family: 'defect',
      });
      expect(removed.prepare('SELECT * FROM installation').all()).toEqual([]);
    }
    removed.close();
  });

  it('goes with a file that is moved', async () => {
    const own = await identityOf(sqlite.url);
    const moved = `${sqlite.folder}/moved.db`;
    await rename(sqlite.file, moved);
    expect(await identityOf(`sqlite:${moved}`)).toEqual(own);
  });
});
