import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from '#libs/database';
import { eventually, openDatabase, startFleet, type RunningFleet } from '#libs/testing';
import { createStore } from '../support/catalog-client.js';
import { placeOrder } from '../support/order-staff.js';
import { ReplicaClient } from '../support/replica-client.js';
import { createWare, openShop } from '../support/shop-client.js';

const STORE = 'popular';

interface Listed {
  readonly items: readonly { readonly name: string }[];
  readonly nextCursor: string | null;
}

describe('what is ordered often', () => {
  let fleet: RunningFleet;
  let shops: ReplicaClient[];

  beforeAll(async () => {
    fleet = await startFleet({ commerce: 2, authoring: 1 });
    const staff = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    shops = fleet.commerce.map(({ url }) => new ReplicaClient(url));
    await createStore(staff, STORE);
    await openShop(staff, STORE);
    for (const sku of ['FIRST', 'SECOND', 'THIRD']) {
      await createWare(staff, STORE, sku, { onHand: 1_000 });
    }
  });

  afterAll(() => fleet?.stop());

  const names = async (shop: ReplicaClient, query: string): Promise<string[]> => {
    const path = `/stores/${STORE}/products?${query}`;
    const { body } = await shop.expect<Listed>(200, 'GET', path);
    return body.items.map(({ name }) => name);
  };

  const rate = async (): Promise<void> => {
    const database = await openDatabase(fleet.databaseUrl);
    try {
      await database.unitOfWork.run((tx) =>
        tx.execute(sql`UPDATE schedule SET next_at = 1 WHERE name = 'rate-popularity'`),
      );
    } finally {
      await database.close();
    }
  };

  it('comes first on every replica that sold none of it, by popularity and among what a query finds', async () => {
    const [seller, other] = [shops[0]!, shops[1]!];
    const newestFirst = ['Ware THIRD', 'Ware SECOND', 'Ware FIRST'];
    for (const query of ['sort=popular', 'q=ware']) {
      expect(await names(other, query)).toEqual(newestFirst);
    }
    for (const sku of ['FIRST', 'FIRST', 'SECOND']) {
      await placeOrder(seller, STORE, [{ sku, quantity: 1 }]);
    }
    await rate();
    const popularFirst = ['Ware FIRST', 'Ware SECOND', 'Ware THIRD'];
    await eventually('the levels are everywhere', async () => {
      const lists = await Promise.all(
        ['sort=popular', 'q=ware'].map((query) => names(other, query)),
      );
      return lists.every((list) => list.join() === popularFirst.join());
    });
    const first = await other.expect<Listed>(
      200,
      'GET',
      `/stores/${STORE}/products?sort=popular&limit=1`,
    );
    const cursor = encodeURIComponent(first.body.nextCursor ?? '');
    expect(await names(other, `sort=popular&limit=1&cursor=${cursor}`)).toEqual(['Ware SECOND']);
  });
});
