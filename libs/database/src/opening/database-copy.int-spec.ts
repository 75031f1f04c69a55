import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import type { TestingModule } from '@nestjs/testing';
import BetterSqlite3 from 'better-sqlite3';
import { HealthRegistry } from '#libs/observability';
import { describeOnEachDatabase, eventually, type DatabaseFixture } from '#libs/testing';
import { startPlatform } from '../../../../test/support/platform.js';
import { ReplicatedCopy } from '../../../../test/support/replicated-copy.js';
import { InvalidationLog } from '../logs/invalidation-log.js';
import { PrimaryReader } from '../reads/primary-reader.js';
import { sql } from '../sql/sql.js';
import { SqlReader } from '../reads/sql-reader.js';
import { UnitOfWork } from '../unit-of-work/unit-of-work.js';

const NOT_READY = { code: 'database.copy-not-ready', status: 503 };
const ids = sql`SELECT id FROM write_lock ORDER BY id`;

describeOnEachDatabase(
  'the database of a site with a copy',
  (open) => {
    let primary: DatabaseFixture;
    let copy: ReplicatedCopy;
    let modules: TestingModule[];

    beforeEach(async () => {
      primary = await open();
      copy = await ReplicatedCopy.of(primary.url);
      modules = [];
      await start();
    });

    afterEach(async () => {
      await Promise.all(modules.map((module) => module.close()));
      await copy.remove();
      await primary.remove();
    });

    async function start(env: Readonly<Record<string, string>> = {}): Promise<TestingModule> {
      const module = await startPlatform({ databaseUrl: primary.url, role: 'commerce', env });
      modules.push(module);
      return module;
    }

    const startSite = () => start({ DATABASE_COPY_URL: copy.url });
    const write = (module: TestingModule, id: number) =>
      module.get(UnitOfWork).run(async (tx) => {
        await tx.execute(sql.insert('write_lock', [{ id }]));
        tx.invalidate(`t${id}`);
      });
    const check = async (module: TestingModule) =>
      (await module.get(HealthRegistry).report()).checks['copy']?.status;
    const isReady = (module: TestingModule) =>
      eventually('the copy is used', async () => (await check(module)) === 'up');

    it('writes to the primary, and reads data and log of the copy', async () => {
      const home = modules[0]!;
      await write(home, 1);
      copy.replicate();
      const site = await startSite();
      await write(site, 2);

      expect(await home.get(SqlReader).query(ids)).toEqual([{ id: 1 }, { id: 2 }]);
      expect(await site.get(PrimaryReader).query(ids)).toEqual([{ id: 1 }, { id: 2 }]);
      expect(await site.get(SqlReader).query(ids)).toEqual([{ id: 1 }]);
      expect(await site.get(InvalidationLog).bounds()).toEqual({ prunedTo: 0, last: 1 });
      copy.replicate();
      expect(await site.get(SqlReader).query(ids)).toEqual([{ id: 1 }, { id: 2 }]);
      const { records } = await site.get(InvalidationLog).readAfter(0, 10);
      expect(records.map(({ tags }) => tags)).toEqual([['t1'], ['t2']]);
    });

    it('reads the primary where there is no copy', () => {
      const home = modules[0]!;
      expect(home.get(SqlReader)).toBe(home.get(PrimaryReader));
    });

    it('cannot change the copy', async () => {
      copy.replicate();
      const site = await startSite();
      const change = sql`DELETE FROM write_lock`;
      await expect(site.get(SqlReader).query(change)).rejects.toMatchObject({
        code: 'SQLITE_READONLY',
      });
    });

    it('waits, unready, for a copy that is not there yet', async () => {
      const site = await startSite();
      expect(await check(site)).toBe('down');
      await expect(site.get(SqlReader).query(ids)).rejects.toMatchObject(NOT_READY);
      await expect(site.get(InvalidationLog).bounds()).rejects.toMatchObject(NOT_READY);
      await write(site, 1);
      expect(await site.get(PrimaryReader).query(ids)).toEqual([{ id: 1 }]);

      copy.replicate();
      await isReady(site);
      expect(await site.get(SqlReader).query(ids)).toEqual([{ id: 1 }]);
    });

    it('waits for a schema that is older than it needs, and leaves it as it is', async () => {
      copy.replicate();
      const own = new BetterSqlite3(copy.file);
      const names = () => own.prepare('SELECT name FROM migrations ORDER BY id').pluck().all();
      const all = names();
      own.exec('DELETE FROM migrations WHERE id = (SELECT MAX(id) FROM migrations)');
      const site = await startSite();
      await expect(site.get(SqlReader).query(ids)).rejects.toMatchObject(NOT_READY);
      expect(await check(site)).toBe('down');
      expect(names()).toEqual(all.slice(0, -1));

      own.close();
      copy.replicate();
      await isReady(site);
    });

    it('takes a schema that is newer than it needs', async () => {
      await modules[0]!
        .get(UnitOfWork)
        .run((tx) => tx.execute(sql`INSERT INTO migrations (timestamp, name) VALUES (1, 'Later')`));
      copy.replicate();
      expect(await check(await startSite())).toBe('up');
    });

    it.each([
      ['empty', ''],
      ['no database', 'something else that is long enough to be taken for a header of a file'],
    ])('waits for a file that is %s', async (_name, content) => {
      writeFileSync(copy.file, content);
      const site = await startSite();
      expect(await check(site)).toBe('down');
      await expect(site.get(SqlReader).query(ids)).rejects.toMatchObject(NOT_READY);
    });

    it('stops while it waits', async () => {
      const site = await startSite();
      await site.close();
      copy.replicate();
      await expect(site.get(SqlReader).query(ids)).rejects.toMatchObject(NOT_READY);
    });
  },
  { sqliteOnly: 'the copy of the test is a file' },
);
