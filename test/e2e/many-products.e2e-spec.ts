import { availableParallelism } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { newId } from '#libs/kernel';
import { eventually, startFleet, type RunningFleet, type RunningReplica } from '#libs/testing';
import { createProduct, createStore } from '../support/catalog-client.js';
import { ReplicaClient } from '../support/replica-client.js';

const STORE = 'many';
/** What threads that read by themselves are for. */
const PRODUCTS = 10_000;
/** What lists are made of, each table after those that it refers to. */
const TABLES = ['product', 'product_translation', 'product_variant', 'price', 'stock_item'];

type Row = Record<string, unknown>;

/** So many copies of a product, with ids and an address of their own. */
function copyProduct(database: BetterSqlite3.Database, productId: string, count: number): void {
  const copying = TABLES.map((table) => {
    const key = table === 'product' ? 'id' : 'product_id';
    const rows = database
      .prepare(`SELECT * FROM ${table} WHERE ${key} = ?`)
      .all(productId) as Row[];
    const columns = Object.keys(rows[0] ?? {});
    const insert = database.prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    );
    return { rows, insert };
  });
  for (let number = 0; number < count; number += 1) {
    const ids = new Map<unknown, string>();
    for (const { rows, insert } of copying) {
      for (const row of rows) {
        ids.set(row['id'], newId());
        if ('slug' in row) row['slug'] = `copy-${number}`;
        insert.run(Object.values(row).map((value) => ids.get(value) ?? value));
      }
    }
  }
}

describe('a commerce replica that starts with many products', () => {
  let fleet: RunningFleet;
  let replica: RunningReplica;

  beforeAll(async () => {
    fleet = await startFleet({ commerce: 0, authoring: 1 });
    const staff = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    await createStore(staff, STORE);
    const { product } = await createProduct(staff, STORE, 'first');
    const database = new BetterSqlite3(fleet.databaseUrl.slice('sqlite:'.length), {
      timeout: 60_000,
    });
    database.transaction(() => copyProduct(database, product.id, PRODUCTS - 1))();
    database.close();
    replica = await fleet.add('commerce');
    const isReady = async () => (await fetch(`${replica.url}/health/ready`)).ok;
    await eventually('it is ready', isReady, { withinMs: 100_000 });
  });

  afterAll(() => fleet?.stop());

  it('lists and finds all of them', async () => {
    const shop = new ReplicaClient(replica.url);
    const total = async (q: string) => {
      const path = `/stores/${STORE}/products?limit=1&facets=true${q}`;
      const { body } = await shop.expect<{ facets: { total: number } }>(200, 'GET', path);
      return body.facets.total;
    };
    expect(await total('')).toBe(PRODUCTS);
    expect(await total('&q=first')).toBe(PRODUCTS);
  });

  it('has loaded them on as many threads as there is work for, and merges what they made', async () => {
    const merges = async () => {
      const text = await (await fetch(`${replica.url}/metrics`)).text();
      const line = /^lockstep_search_merges_total\{place="thread"\S* (\d+)$/m.exec(text);
      return Number(line?.[1] ?? 0);
    };
    const expected = availableParallelism() > 1 ? 1 : 0;
    const isMerged = async () => (await merges()) === expected;
    expect(await eventually('it is merged', isMerged, { withinMs: 100_000 })).toBe(true);
  });
});
