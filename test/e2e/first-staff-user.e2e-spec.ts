import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { runTool, temporarySqlite, type SqliteFixture } from '#libs/testing';

describe('an installation that wants no demo shop', () => {
  let sqlite: SqliteFixture;

  beforeEach(async () => {
    sqlite = await temporarySqlite();
  });

  afterEach(() => sqlite.remove());

  const seed = (demoShop: string) =>
    runTool('seed', {
      DATABASE_URL: sqlite.url,
      REDIS_URL: 'redis://127.0.0.1:1',
      LOCKSTEP_DEMO_SHOP: demoShop,
      LOCKSTEP_STAFF_EMAIL: 'ada@shop.example',
      LOCKSTEP_STAFF_PASSWORD: 'a long enough password',
    });

  function countOf(table: 'store' | 'product' | 'staff_user'): number {
    const database = new BetterSqlite3(sqlite.file, { readonly: true });
    try {
      return database.prepare(`SELECT COUNT(*) FROM ${table}`).pluck().get() as number;
    } finally {
      database.close();
    }
  }

  it('gets its first staff user and nothing else', async () => {
    await expect(seed('no')).rejects.toThrow('LOCKSTEP_DEMO_SHOP: is on or off, not no');
    expect(countOf('staff_user')).toBe(0);
    await seed('off');
    expect([countOf('store'), countOf('product'), countOf('staff_user')]).toEqual([0, 0, 1]);
  });
});
