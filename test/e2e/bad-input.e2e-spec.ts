import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from '#libs/database';
import { eventually, openDatabase, startFleet, type RunningFleet } from '#libs/testing';
import { flawOf, type BadRequestScene } from '../support/bad-request.js';
import { createProduct, createStore, setPrice } from '../support/catalog-client.js';
import { DatabaseView, type Fingerprint } from '../support/database-view.js';
import { ReplicaClient } from '../support/replica-client.js';
import { badRequests } from './bad-request-table.js';

const OWN = 'own';
const OTHER = 'other';

describe('bad input', () => {
  let fleet: RunningFleet;
  let database: DatabaseView;
  let staff: ReplicaClient;
  let scene: BadRequestScene;
  let before: Fingerprint;

  beforeAll(async () => {
    fleet = await startFleet({ commerce: 1, authoring: 1 });
    database = await DatabaseView.open(fleet.databaseUrl);
    staff = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    for (const code of [OWN, OTHER]) await createStore(staff, code);
    const { body: category } = await staff.expect<{ id: string }>(201, 'POST', '/categories', {
      body: { store: OTHER, slug: 'discs', names: { en: 'Discs' } },
    });
    const { body: page } = await staff.get<{ nextCursor: string }>('/stores?limit=1');
    const key = await staff.expect<{ key: string }>(201, 'POST', '/api-keys', {
      body: { name: 'limited', permissions: ['jobs:job:read'] },
    });
    scene = {
      store: OWN,
      product: (await createProduct(staff, OWN, 'disc')).product,
      sibling: (await createProduct(staff, OWN, 'pad')).product,
      foreign: (await createProduct(staff, OTHER, 'lamp')).product,
      foreignCategoryId: category.id,
      foreignCursor: page.nextCursor,
      expiredToken: await expiredSession(),
      limitedToken: key.body.key,
    };
    await eventually('the jobs of the products are done', async () => {
      const waiting = sql`SELECT COUNT(*) AS v FROM job WHERE state <> 'completed'`;
      return (await database.value(waiting)) === 0;
    });
    before = await stored();
  });

  afterAll(async () => {
    await database?.close();
    await fleet?.stop();
  });

  /** Keys note when they were used; nothing else is written by a request that is refused. */
  const stored = () => database.fingerprint({ without: ['api_key'] });

  async function expiredSession(): Promise<string> {
    const { token } = await ReplicaClient.signIn(staff.url, fleet.staff);
    const writer = await openDatabase(fleet.databaseUrl);
    await writer.unitOfWork.run(async (tx) => {
      const newest = sql`SELECT MAX(id) FROM staff_session`;
      await tx.execute(sql`UPDATE staff_session SET expires_at = 1 WHERE id = (${newest})`);
    });
    await writer.close();
    return token ?? '';
  }

  describe.each(Object.entries(badRequests))('in the back office: %s', (_group, table) => {
    it.each(table)('$name is answered with $code', async ({ request, status, code, members }) => {
      const [method, path, call] = request(scene);
      const reply = await staff.call(method, path, call);
      expect(flawOf(reply, { status, code })).toBeUndefined();
      expect(reply.body).toMatchObject(members ?? {});
      // The body is good but for one thing: nothing of it may be stored.
      expect(await stored()).toEqual(before);
    });
  });

  it.each([
    { method: 'GET', path: '/stores/none', status: 404, code: 'catalog.store-not-found' },
    {
      method: 'GET',
      path: '/stores/own/products/none',
      status: 404,
      code: 'catalog.product-not-found',
    },
    {
      method: 'GET',
      path: '/stores/own/products/lamp',
      status: 404,
      code: 'catalog.product-not-found',
    },
    {
      method: 'GET',
      path: '/stores/own/products?category=discs',
      status: 404,
      code: 'catalog.category-not-found',
    },
    {
      method: 'GET',
      path: '/stores/own/products?cursor=nonsense',
      status: 400,
      code: 'http.invalid-cursor',
    },
    {
      method: 'GET',
      path: '/stores/own/products?colour=red',
      status: 400,
      code: 'http.validation-failed',
    },
    {
      method: 'GET',
      path: '/stores/own/products?limit=1000',
      status: 400,
      code: 'http.validation-failed',
    },
    {
      method: 'GET',
      path: '/stores/own/products/disc?currency=GBP',
      status: 400,
      code: 'catalog.currency-unknown',
    },
    { method: 'GET', path: '/stores/<too long>', status: 414, code: 'http.url-too-long' },
    {
      method: 'GET',
      path: '/stores/own/products/lamp/related',
      status: 404,
      code: 'catalog.product-not-found',
    },
    { method: 'DELETE', path: '/stores/own', status: 405, code: 'http.method-not-allowed' },
    { method: 'GET', path: '/teapots', status: 404, code: 'http.route-not-found' },
  ])('in the storefront: $method $path is answered with $code', async (row) => {
    const shop = new ReplicaClient(fleet.commerce[0]!.url);
    const path = row.path.replace('<too long>', 'x'.repeat(2_000));
    expect(flawOf(await shop.call(row.method, path), row)).toBeUndefined();
    expect(await stored()).toEqual(before);
  });

  it('is refused for what is wrong with it: without that, the same request succeeds', async () => {
    const { reply, position } = await setPrice(staff, scene.product, 1);
    expect(reply.body.version).toBe(scene.product.version + 1);
    await staff.expect(200, 'GET', '/stores', { headers: { 'lockstep-position': position } });
    expect(await stored()).not.toEqual(before);
  });
});
