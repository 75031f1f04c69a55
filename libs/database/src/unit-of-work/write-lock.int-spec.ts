import { afterEach, beforeEach, expect, it } from '@jest/globals';
import {
  describeOnEachDatabase,
  eventually,
  openDatabase,
  type DatabaseFixture,
  type OpenDatabase,
} from '#libs/testing';
import { sql } from '../sql/sql.js';

describeOnEachDatabase(
  'the write lock of a file that two replicas share',
  (open) => {
    let fixture: DatabaseFixture;
    let ours: OpenDatabase;
    let theirs: OpenDatabase;

    beforeEach(async () => {
      fixture = await open();
      ours = await openDatabase(fixture.url);
      theirs = await openDatabase(fixture.url, { maxTransactionMs: 300 });
    });
    afterEach(async () => {
      await ours.close();
      await theirs.close();
      await fixture.remove();
    });

    it('is held from the first statement, so that what was read stays true until the commit', async () => {
      let hasBegun = false;
      await ours.unitOfWork.run(async (tx) => {
        const before = await tx.query(sql`SELECT id FROM write_lock`);
        const other = theirs.unitOfWork.run(async (theirTx) => {
          hasBegun = true;
          await theirTx.execute(sql`DELETE FROM write_lock`);
        });
        await expect(other).rejects.toMatchObject({ code: 'database.contention', status: 503 });
        expect(await tx.query(sql`SELECT id FROM write_lock`)).toEqual(before);
      });
      expect(hasBegun).toBe(false);
      await eventually('it is free', () =>
        theirs.unitOfWork.run((tx) => tx.execute(sql`DELETE FROM write_lock`)),
      );
    });
  },
  { sqliteOnly: 'it has one writer' },
);
