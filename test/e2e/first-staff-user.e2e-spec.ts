import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { sql } from '#libs/database';
import { describeOnEachDatabase, openDatabase, runTool, type DatabaseFixture } from '#libs/testing';

describeOnEachDatabase('an installation that wants no demo shop', (open) => {
  let fixture: DatabaseFixture;

  beforeEach(async () => {
    fixture = await open();
  });

  afterEach(() => fixture.remove());

  const seed = (demoShop: string, password = 'a long enough password') =>
    runTool('seed', {
      DATABASE_URL: fixture.url,
      REDIS_URL: 'redis://127.0.0.1:1',
      LOCKSTEP_DEMO_SHOP: demoShop,
      LOCKSTEP_STAFF_EMAIL: 'ada@shop.example',
      LOCKSTEP_STAFF_PASSWORD: password,
    });

  async function counts(): Promise<unknown> {
    const database = await openDatabase(fixture.url);
    try {
      const [row] = await database.reader.query(sql`
        SELECT
          (SELECT COUNT(*) FROM store) AS stores,
          (SELECT COUNT(*) FROM product) AS products,
          (SELECT COUNT(*) FROM staff_user) AS staff`);
      return row;
    } finally {
      await database.close();
    }
  }

  it('gets its first staff user and nothing else', async () => {
    await expect(seed('no')).rejects.toThrow('LOCKSTEP_DEMO_SHOP: is on or off, not no');
    await expect(seed('off', '')).rejects.toThrow('are set both or neither');
    expect(await counts()).toEqual({ stores: 0, products: 0, staff: 0 });
    await seed('off');
    expect(await counts()).toEqual({ stores: 0, products: 0, staff: 1 });
  });
});
