import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { parseDatabaseUrl } from '#libs/config';
import { describeOnEachDatabase, openDatabase, type DatabaseFixture } from '#libs/testing';
import { openAsItIs, openMigrated, writeOptions } from './data-sources.js';

/** Holds the file as a process does that closes the last connection to it, says so, and lets go. */
const HOLDER = `
  const Database = require('better-sqlite3');
  const database = new Database(process.argv[1]);
  database.pragma('locking_mode = EXCLUSIVE');
  database.exec('BEGIN EXCLUSIVE');
  console.log('held');
  setTimeout(() => database.close(), 500);
`;

describeOnEachDatabase(
  'a database that another process is about to close',
  (open) => {
    let fixture: DatabaseFixture;

    beforeEach(async () => {
      fixture = await open();
      await (await openDatabase(fixture.url)).close();
    });
    afterEach(() => fixture.remove());

    it('is opened when the other one has let go', async () => {
      const file = fixture.url.slice('sqlite:'.length);
      const holder = spawn(process.execPath, ['-e', HOLDER, file], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const ended = once(holder, 'exit');
      await once(holder.stdout, 'data');
      const database = await openAsItIs(writeOptions(parseDatabaseUrl(fixture.url)));
      const rows = await database.query<{ timeout: number }[]>('PRAGMA busy_timeout');
      // From now on a wait inside the driver would block the event loop.
      expect(rows).toEqual([{ timeout: 0 }]);
      await database.destroy();
      await ended;
    });
  },
  { sqliteOnly: 'it is about a file', withoutSchema: true },
);

/** Writes as a replica does whose unit of work takes its time. */
const WRITER = `
  const Database = require('better-sqlite3');
  const database = new Database(process.argv[1]);
  database.pragma('journal_mode = WAL');
  database.exec('CREATE TABLE work (id INTEGER)');
  database.exec('BEGIN IMMEDIATE');
  database.exec('INSERT INTO work VALUES (1)');
  console.log('held');
  setTimeout(() => {
    database.exec('COMMIT');
    database.close();
  }, 500);
`;

describeOnEachDatabase(
  'a database whose schema is changed while replicas write to it',
  (open) => {
    it('is changed when the writer is through', async () => {
      const fixture = await open();
      const file = fixture.url.slice('sqlite:'.length);
      const writer = spawn(process.execPath, ['-e', WRITER, file], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const ended = once(writer, 'exit');
      await once(writer.stdout, 'data');
      const database = await openMigrated(writeOptions(parseDatabaseUrl(fixture.url)), 10_000);
      expect(await database.query('SELECT id FROM work')).toEqual([{ id: 1 }]);
      expect(await database.query('PRAGMA busy_timeout')).toEqual([{ timeout: 0 }]);
      await database.destroy();
      await ended;
      await fixture.remove();
    });
  },
  { sqliteOnly: 'it is about a file', withoutSchema: true },
);
