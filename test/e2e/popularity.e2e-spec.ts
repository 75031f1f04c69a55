import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, startFleet, type RunningFleet } from '#libs/testing';
import { createStore } from '../support/catalog-client.js';
import { makeDue } from '../support/due-schedule.js';
import { placeOrder } from '../support/order-staff.js';
import { ReplicaClient } from '../support/replica-client.js';
import { createWare, openShop } from '../support/shop-client.js';

const STORE = 'popular';
/** A job is run and an index follows. */
const PATIENT = { withinMs: 120_000, everyMs: 100 };

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

  it('comes first on every replica that sold none of it, by popularity and among what a query finds', async () => {
    const [seller, other] = [shops[0]!, shops[1]!];
    const become = (what: string, expected: readonly string[]) =>
      eventually(
        what,
        async () => {
          for (const query of ['sort=popular', 'q=ware']) {
            expect(await names(other, query)).toEqual(expected);
          }
          return true;
        },
        PATIENT,
      );
    await become('all are known', ['Ware THIRD', 'Ware SECOND', 'Ware FIRST']);
    for (const sku of ['FIRST', 'FIRST', 'SECOND']) {
      await placeOrder(seller, STORE, [{ sku, quantity: 1 }]);
    }
    await makeDue(fleet.databaseUrl, 'rate-popularity');
    await become('the levels are everywhere', ['Ware FIRST', 'Ware SECOND', 'Ware THIRD']);
    const first = await other.expect<Listed>(
      200,
      'GET',
      `/stores/${STORE}/products?sort=popular&limit=1`,
    );
    const cursor = encodeURIComponent(first.body.nextCursor ?? '');
    expect(await names(other, `sort=popular&limit=1&cursor=${cursor}`)).toEqual(['Ware SECOND']);
  });
});
