import { afterAll, beforeAll, expect, it } from '@jest/globals';
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
});
