import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { SqlReader } from '../reads/sql-reader.js';
import type { SqlStatement } from '../sql/sql.js';
import { InvalidationLog } from './invalidation-log.js';
import {
  describeOnEachDatabase,
  openDatabase,
  type DatabaseFixture,
  type OpenDatabase,
} from '#libs/testing';

describeOnEachDatabase('InvalidationLog', (open) => {
  let fixture: DatabaseFixture;
  let database: OpenDatabase;

  beforeAll(async () => {
    fixture = await open();
    database = await openDatabase(fixture.url);
  });

  afterAll(async () => {
    await database.close();
    await fixture.remove();
  });

  it('prunes the log but never its newest row, and remembers how far', async () => {
    for (const tag of ['a', 'b', 'c']) {
      await database.unitOfWork.run((tx) => {
        tx.invalidate(tag);
        return Promise.resolve();
      });
    }
    const { last } = await database.log.bounds();
    await database.log.prune(Date.now() + 1_000);
    expect(await database.log.bounds()).toEqual({ prunedTo: last - 1, last });
    expect((await database.log.readAfter(0, 10)).records).toMatchObject([
      { position: last, tags: ['c'] },
    ]);
    const within = (position: number) =>
      database.unitOfWork.run((tx) => database.log.readWithin(tx, position, 10));
    const records = [expect.objectContaining({ position: last })];
    expect(await within(last - 2)).toEqual({ records, prunedTo: last - 1 });
    expect(await within(last - 1)).toEqual({ records, prunedTo: 0 });
    expect(await within(last)).toEqual({ records: [], prunedTo: 0 });
  });

  it('tells the last row at or before a position', async () => {
    const { last, prunedTo } = await database.log.bounds();
    expect(await database.log.newestUpTo(last)).toMatchObject({ position: last, tags: ['c'] });
    expect(await database.log.newestUpTo(last + 5)).toMatchObject({ position: last });
    expect(await database.log.newestUpTo(prunedTo)).toBeUndefined();
  });

  it('is followed with as few statements as show one state of it', async () => {
    let statements = 0;
    class CountingReader extends SqlReader {
      override query<Row extends object>(statement: SqlStatement): Promise<Row[]> {
        statements += 1;
        return database.reader.query<Row>(statement);
      }
    }
    const { dialect } = database.reader;
    const reader = new CountingReader({ read: () => Promise.resolve([]) }, dialect);
    const log = new InvalidationLog(reader, database.unitOfWork);
    const { last, prunedTo } = await database.log.bounds();
    expect(await log.readAfter(last, 10)).toEqual({ records: [], prunedTo, last });
    expect(statements).toBe(dialect === 'sqlite' ? 1 : 2);
    for (const tag of ['d', 'e', 'f']) {
      await database.unitOfWork.run((tx) => Promise.resolve(tx.invalidate(tag)));
    }
    const end = (await database.log.bounds()).last;
    const { records, ...bounds } = await log.readAfter(last, 2);
    expect(records).toMatchObject([{ tags: ['d'] }, { tags: ['e'] }]);
    expect(bounds).toEqual({ prunedTo, last: end });
  });
});
