import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from '#libs/database';
import { eventually, startFleet, type RunningFleet } from '#libs/testing';
import type { LocationAnswer } from '../../apps/authoring/src/catalog/stock-movement.schemas.js';
import { createStore } from '../support/catalog-client.js';
import { DatabaseView } from '../support/database-view.js';
import { OrderStaff } from '../support/order-staff.js';
import { ReplicaClient } from '../support/replica-client.js';
import { checkout, createWare, fillCart, openShop, type Ware } from '../support/shop-client.js';
import { ifMatch } from '../support/staff-accounts.js';

const STORE = 'places';

describe('goods at several locations, over several replicas', () => {
  let fleet: RunningFleet;
  let database: DatabaseView;
  let shops: ReplicaClient[];
  let staff: ReplicaClient;

  beforeAll(async () => {
    // Many write at once: on a slow machine the last of them waits for long.
    const env = { JOBS_WORKER: 'false', MAX_TRANSACTION_MS: '60000' };
    fleet = await startFleet({ commerce: 4, authoring: 1, env });
    database = await DatabaseView.open(fleet.databaseUrl);
    staff = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    shops = fleet.commerce.map(({ url }) => new ReplicaClient(url));
    await createStore(staff, STORE);
    await openShop(staff, STORE);
    await staff.expect(201, 'POST', '/locations', {
      body: { store: STORE, code: 'cellar', name: 'Cellar' },
    });
  });

  afterAll(async () => {
    await database?.close();
    await fleet?.stop();
  });

  const shop = (index: number): ReplicaClient => shops[index % shops.length]!;

  const receive = ({ productId, variantId }: Ware, quantity: number) =>
    staff.expect(
      200,
      'POST',
      `/products/${productId}/variants/${variantId}/stock/movements?store=${STORE}`,
      {
        headers: { 'idempotency-key': randomUUID() },
        body: { kind: 'receipt', location: 'cellar', quantity, reference: 'Note 7' },
      },
    );

  const sellFromCellar = (version: number, salePriority: number | null) =>
    staff.expect<LocationAnswer>(200, 'PUT', `/locations/cellar?store=${STORE}`, {
      headers: ifMatch(version),
      body: { name: 'Cellar', salePriority },
    });

  const availabilityAt = async (index: number, { sku }: Ware) => {
    const path = `/stores/${STORE}/products/${sku.toLowerCase()}`;
    const { body } = await shop(index).expect<{ variants: { availability: string }[] }>(
      200,
      'GET',
      path,
    );
    return body.variants[0]?.availability;
  };

  it('are offered by every replica once their location is sold from', async () => {
    const ware = await createWare(staff, STORE, 'KEPT', { onHand: 0 });
    await receive(ware, 3);
    const all = () => Promise.all(shops.map((_, index) => availabilityAt(index, ware)));
    expect(new Set(await all())).toEqual(new Set(['out-of-stock']));
    const { body } = await sellFromCellar(1, 2);
    expect(body).toMatchObject({ code: 'cellar', salePriority: 2, version: 2 });
    await eventually('every replica offers it', async () =>
      (await all()).every((each) => each === 'in-stock'),
    );
    await sellFromCellar(2, null);
    await eventually('no replica offers it', async () =>
      (await all()).every((each) => each === 'out-of-stock'),
    );
  });

  it('make as many orders as there are goods, and ledgers that add up at each location', async () => {
    const { headers } = await sellFromCellar(3, 2);
    const at = { 'lockstep-position': headers.get('lockstep-position') ?? '' };
    for (const each of shops) await each.expect(200, 'GET', `/stores/${STORE}`, { headers: at });
    const ware = await createWare(staff, STORE, 'SPLIT', { onHand: 11 });
    await receive(ware, 10);
    const carts = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        fillCart(shop(index), STORE, [{ sku: 'SPLIT', quantity: 2 }]),
      ),
    );
    const replies = await Promise.all(
      carts.map(({ held, cart }, index) =>
        checkout(shop(index + 1), held, cart.total, randomUUID()),
      ),
    );
    const placed = replies.filter(({ status }) => status === 201);
    expect(placed).toHaveLength(10);
    for (const { status, body } of replies.filter((reply) => reply.status !== 201)) {
      expect(status).toBe(409);
      expect((body as unknown as { code: string }).code).toMatch(
        /^(inventory\.not-enough|orders\.items-unavailable)$/,
      );
    }
    const rows = await database.rows<{ code: string; on_hand: number; booked: number }>(sql`
      SELECT l.code, s.on_hand, (SELECT SUM(e.quantity) FROM stock_ledger e
        WHERE e.variant_id = s.variant_id AND e.location_id = s.location_id) AS booked
      FROM stock_item s
      JOIN location l ON l.id = s.location_id
      WHERE s.variant_id = ${ware.variantId}
      ORDER BY l.code`);
    expect(new Set(rows.map(({ on_hand: onHand }) => onHand))).toEqual(new Set([0, 1]));
    for (const { on_hand: onHand, booked } of rows) expect(booked).toBe(onHand);
    const desk = new OrderStaff(staff, STORE);
    const from = { cellar: 0, main: 0 };
    for (const { body } of placed) {
      const { lines } = await desk.fulfilment(body.id);
      for (const { location, quantity } of lines[0]?.openFrom ?? []) {
        from[location as keyof typeof from] += quantity;
      }
    }
    const left = Object.fromEntries(rows.map((row) => [row.code, row.on_hand]));
    expect(from).toEqual({ cellar: 10 - (left['cellar'] ?? 0), main: 11 - (left['main'] ?? 0) });
  });
});
