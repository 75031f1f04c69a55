import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from '#libs/database';
import {
  eventually,
  openDatabase,
  startFleet,
  type OpenDatabase,
  type RunningFleet,
  type RunningReplica,
} from '#libs/testing';
import { createStore } from '../support/catalog-client.js';
import { ReplicaClient } from '../support/replica-client.js';
import { checkout, createWare, fillCart, openShop } from '../support/shop-client.js';

const STORE = 'letters';
/** A few Redis timeouts long: a request that waited for Redis would take longer. */
const MAX_REQUEST_MS = 1_000;
/** An overloaded machine answers everything late. */
const NOISE_FACTOR = 4;
const DONE_WITHIN_MS = 120_000;
/** What is waited for in one test, together. */
const LIMIT_MS = 4 * DONE_WITHIN_MS;
/** A wait for Redis would make each order late; a busy machine makes some. */
const TRIES = 5;

interface History {
  readonly state: string;
  readonly attempts: number;
  /** How often the job went over into each state, and how many mails its runs wrote. */
  readonly starts: number;
  readonly ends: number;
  readonly mails: number;
}

type FilledCart = Awaited<ReturnType<typeof fillCart>>;

describe('the job of an order that is placed while Redis is away', () => {
  let fleet: RunningFleet;
  let database: OpenDatabase;
  /** How long the slowest of the orders took that were placed while nothing was wrong. */
  let calmMs = 0;

  beforeAll(async () => {
    fleet = await startFleet({ commerce: 2, authoring: 1 });
    database = await openDatabase(fleet.databaseUrl);
    const staff = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    await createStore(staff, STORE);
    await openShop(staff, STORE);
    await createWare(staff, STORE, 'LAMP', { onHand: 1_000 });
    await countEveryEffect();
    calmMs = Math.max(await timeOfOrder(0), await timeOfOrder(1));
  });

  afterAll(async () => {
    fleet?.redis.thaw();
    await database?.close();
    await fleet?.stop();
  });

  /**
   * The database itself notes what jobs do, so that a second run would show even where its effects are
   * those of the first.
   */
  async function countEveryEffect(): Promise<void> {
    await database.unitOfWork.run(async (tx) => {
      await tx.execute(sql`CREATE TABLE test_effect (subject varchar(36), what varchar(20))`);
      await tx.execute(
        sql`CREATE TRIGGER test_state AFTER UPDATE OF state ON job WHEN new.state <> old.state BEGIN INSERT INTO test_effect VALUES (new.id, new.state); END`,
      );
      await tx.execute(
        sql`CREATE TRIGGER test_mail AFTER INSERT ON mail BEGIN INSERT INTO test_effect VALUES (new.recipient, 'mail'); END`,
      );
    });
  }

  /** Somebody of their own, so that their mail can be told apart. */
  const fill = (): Promise<FilledCart> =>
    fillCart(
      shopper(1),
      STORE,
      [{ sku: 'LAMP', quantity: 1 }],
      'invoice',
      `${randomUUID()}@e.test`,
    );

  /** A replica that is frozen while it writes holds the lock of the file, and nobody else can write. */
  const freezeBetweenWrites = (replica: RunningReplica): Promise<unknown> =>
    eventually(
      'the replica stands still between two writes',
      async () => {
        replica.freeze();
        try {
          return await database.unitOfWork.run((tx) => tx.query(sql`SELECT 1 AS one`));
        } catch {
          replica.thaw();
          return undefined;
        }
      },
      { withinMs: DONE_WITHIN_MS },
    );

  const shopper = (commerce: number) => new ReplicaClient(fleet.commerce[commerce]!.url);

  const place = (commerce: number, { held, cart }: FilledCart) =>
    checkout(shopper(commerce), held, cart.total, randomUUID());

  async function timeOfOrder(commerce: number): Promise<number> {
    const { status, tookMs } = await place(commerce, await fill());
    expect(status).toBe(201);
    return tookMs;
  }

  /** Resolves with the id of the job that writes the confirmation. */
  async function order(commerce: number, filled: FilledCart): Promise<string> {
    const placed = await place(commerce, filled);
    expect(placed.status).toBe(201);
    await expectNotHeldUp(commerce, placed.tookMs);
    const [job] = await database.reader.query<{ id: string }>(
      sql`SELECT j.id
          FROM job j
          JOIN sales_order o ON j.payload_json LIKE '%' || o.id || '%'
          WHERE j.name = 'write-order-mail' AND o.order_number = ${placed.body.number}`,
    );
    if (job === undefined) throw new Error('the order has no job');
    return job.id;
  }

  async function expectNotHeldUp(commerce: number, tookMs: number): Promise<void> {
    const limitMs = Math.max(MAX_REQUEST_MS, NOISE_FACTOR * calmMs);
    const all = [tookMs];
    while (Math.min(...all) >= limitMs && all.length < TRIES) {
      all.push(await timeOfOrder(commerce));
    }
    expect(Math.min(...all)).toBeLessThan(limitMs);
  }

  async function history(jobId: string, { cart }: FilledCart): Promise<History> {
    const of = (subject: string, what: string) =>
      sql`(SELECT COUNT(*) FROM test_effect WHERE subject = ${subject} AND what = ${what})`;
    const [row] = await database.reader.query<History>(
      sql`SELECT state, attempts, ${of(jobId, 'active')} AS starts,
            ${of(jobId, 'completed')} AS ends, ${of(cart.email ?? '', 'mail')} AS mails
          FROM job
          WHERE id = ${jobId}`,
    );
    if (row === undefined) throw new Error(`no job ${jobId}`);
    return row;
  }

  async function expectDoneOnce(jobId: string, cart: FilledCart): Promise<void> {
    await eventually(
      'the job is done',
      async () => (await history(jobId, cart)).state === 'completed',
      { withinMs: DONE_WITHIN_MS },
    );
    const once = { state: 'completed', attempts: 1, starts: 1, ends: 1, mails: 1 };
    expect(await history(jobId, cart)).toEqual(once);
    // Another job goes the same way through the same worker: whatever was delivered twice has been by then.
    const last = await fill();
    const after = await order(1, last);
    await eventually(
      'a later job is done',
      async () => (await history(after, last)).state === 'completed',
      { withinMs: DONE_WITHIN_MS },
    );
    expect(await history(jobId, cart)).toEqual(once);
  }

  async function expectWaiting(jobId: string, cart: FilledCart): Promise<void> {
    expect(await history(jobId, cart)).toEqual({
      state: 'pending',
      attempts: 0,
      starts: 0,
      ends: 0,
      mails: 0,
    });
  }

  /** What docker/prometheus/alerts.yml looks at: dispatching fails, gauges are all there, counters exist before their first event. */
  async function expectMetricsToTellOfTheOutage(): Promise<void> {
    const url = fleet.authoring[0]!.url;
    const read = async () => (await fetch(`${url}/metrics`)).text();
    const failures = async () =>
      Number(/^lockstep_jobs_dispatch_failures_total\{[^}]*\} (\d+)$/m.exec(await read())?.[1]);
    const before = await failures();
    await eventually(
      'rounds of the dispatcher count as failed',
      async () => (await failures()) > before,
    );
    const text = await read();
    expect(text).toMatch(
      /^lockstep_metrics_collect_failures_total\{[^}]*role="authoring"[^}]*\} 0$/m,
    );
    expect(text).toMatch(
      /^lockstep_jobs_finished_total\{(?=[^}]*job_name=)(?=[^}]*state="dead")[^}]*\} 0$/m,
    );
    expect(text).toMatch(
      /^lockstep_cache_verified_total\{(?=[^}]*reader=)(?=[^}]*result="different")[^}]*\} 0$/m,
    );
  }

  it(
    'runs once when a Redis that was frozen goes on',
    async () => {
      const cart = await fill();
      fleet.redis.freeze();
      const jobId = await order(0, cart);
      await expectWaiting(jobId, cart);
      fleet.redis.thaw();
      await expectDoneOnce(jobId, cart);
    },
    LIMIT_MS,
  );

  it(
    'runs once when Redis was killed and comes back empty',
    async () => {
      const cart = await fill();
      await fleet.redis.kill();
      const jobId = await order(0, cart);
      await expectWaiting(jobId, cart);
      await expectMetricsToTellOfTheOutage();
      await fleet.redis.restart({ empty: true });
      await expectDoneOnce(jobId, cart);
    },
    LIMIT_MS,
  );

  it(
    'runs once when Redis loses it after it was handed over',
    async () => {
      const cart = await fill();
      await freezeBetweenWrites(fleet.authoring[0]!);
      const jobId = await order(0, cart);
      await eventually(
        'it is handed over',
        async () => (await history(jobId, cart)).state === 'dispatched',
      );
      await fleet.redis.restart({ empty: true });
      fleet.authoring[0]!.thaw();
      await expectDoneOnce(jobId, cart);
    },
    LIMIT_MS,
  );

  it(
    'runs once when its replica is killed right after the answer',
    async () => {
      const cart = await fill();
      await fleet.redis.kill();
      const jobId = await order(0, cart);
      await fleet.commerce[0]!.kill('SIGKILL');
      await expectWaiting(jobId, cart);
      await fleet.redis.restart({ empty: true });
      await expectDoneOnce(jobId, cart);
    },
    LIMIT_MS,
  );
});
