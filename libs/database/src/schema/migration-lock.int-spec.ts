import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { parseDatabaseUrl, type DatabaseUrl } from '#libs/config';
import { describeOnEachDatabase, type DatabaseFixture } from '#libs/testing';
import {
  migrateDatabase,
  openAsItIs,
  openMigrated,
  writeOptions,
} from '../opening/data-sources.js';
import { withMssqlMigrationLock, withSqliteMigrationLock } from './migration-lock.js';
import { migrations } from '../migrations/index.js';

const PROCESSES = 20;
const script = join(import.meta.dirname, '../../test/processes/migrate.mjs');

describeOnEachDatabase(
  'a new database',
  (open) => {
    let fixture: DatabaseFixture;
    let target: DatabaseUrl;

    beforeEach(async () => {
      fixture = await open();
      target = parseDatabaseUrl(fixture.url);
    });
    afterEach(() => fixture.remove());

    const migrated = async (): Promise<unknown> => {
      const source = await openAsItIs(writeOptions(target));
      const rows = await source.query<{ name: string }[]>(
        'SELECT name FROM migrations ORDER BY id',
      );
      await source.destroy();
      return rows.map(({ name }) => name);
    };
    const all = migrations.map((Migration) => new Migration().name);

    it('is migrated by one of many processes that begin at once, and suits all of them', async () => {
      const processes = Array.from({ length: PROCESSES }, () =>
        spawn(process.execPath, [script, fixture.url], { stdio: ['pipe', 'pipe', 'inherit'] }),
      );
      const ends = processes.map((child) => once(child, 'exit'));
      try {
        await Promise.all(processes.map(({ stdout }) => once(stdout, 'data')));
        for (const { stdin } of processes) stdin.end();
        expect((await Promise.all(ends)).map(([code]) => code as unknown)).toEqual(
          Array(PROCESSES).fill(0),
        );
      } finally {
        for (const child of processes) child.kill('SIGKILL');
      }
      expect(await migrated()).toEqual(all);
    }, 600_000);

    it('is left alone while another process migrates it, for as long as one may wait', async () => {
      await holdingTheLock(target, async () => {
        await expect(openMigrated(writeOptions(target), 200)).rejects.toMatchObject({
          code: 'database.migration-lock',
        });
        await expect(migrated()).rejects.toMatchObject({ code: 'database.not-migrated' });
      });
      await migrateDatabase(target);
      expect(await migrated()).toEqual(all);
    });
  },
  { withoutSchema: true },
);

async function holdingTheLock(target: DatabaseUrl, work: () => Promise<void>): Promise<void> {
  if (target.kind === 'sqlite') return withSqliteMigrationLock(target.file, 60_000, work);
  const source = await new DataSource(writeOptions(target)).initialize();
  try {
    await withMssqlMigrationLock(source, 60_000, work);
  } finally {
    await source.destroy();
  }
}
