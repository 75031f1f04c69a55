import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from '#libs/database';
import {
  eventually,
  openDatabase,
  startFleet,
  type OpenDatabase,
  type RunningFleet,
} from '#libs/testing';
import { createProduct, createStore, type PricedProduct } from '../support/catalog-client.js';
import { ReplicaClient } from '../support/replica-client.js';

const STORE = 'rebuilds';
/** A few Redis timeouts long: a request that waited for Redis would take longer. */
const MAX_REQUEST_MS = 1_000;
const DONE_WITHIN_MS = 60_000;

interface History {
  readonly state: string;
  readonly attempts: number;
  /** How often the job went over into each state, and how many rows its runs wrote. */
  readonly starts: number;
  readonly ends: number;
  readonly related: number;
}

describe('a job that a shopper asks for while Redis is away', () => {
  let fleet: RunningFleet;
  let database: OpenDatabase;
  let products: PricedProduct[];

  beforeAll(async () => {
    fleet = await startFleet({ commerce: 2, authoring: 1 });
    database = await openDatabase(fleet.databaseUrl);
    const staff = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    await createStore(staff, STORE);
    products = [];
    for (const slug of ['one', 'two', 'three', 'four', 'five']) {
      products.push((await createProduct(staff, STORE, slug)).product);
    }
    await eventually('the products are related to each other', async () => {
      const pending = await count(sql`SELECT COUNT(*) AS v FROM job WHERE state <> 'completed'`);
      return pending === 0;
    });
    await countEveryEffect();
  }, 120_000);

  afterAll(async () => {
    fleet?.redis.thaw();
    await database?.close();
    await fleet?.stop();
  }, 60_000);

  async function count(statement: Parameters<OpenDatabase['reader']['query']>[0]) {
    return (await database.reader.query<{ v: number }>(statement))[0]?.v ?? 0;
  }

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
        sql`CREATE TRIGGER test_related AFTER INSERT ON related_product BEGIN INSERT INTO test_effect VALUES (new.product_id, 'related'); END`,
      );
    });
  }

  /** What a rebuild puts right. */
  async function forgetRelated({ id }: PricedProduct): Promise<void> {
    await database.unitOfWork.run(async (tx) => {
      await tx.execute(sql`DELETE FROM related_product WHERE product_id = ${id}`);
    });
  }

  async function ask(commerce: number, { slug }: PricedProduct): Promise<string> {
    const shopper = new ReplicaClient(fleet.commerce[commerce]!.url);
    const path = `/stores/${STORE}/products/${slug}/related/rebuild`;
    const { body, tookMs } = await shopper.expect<{ jobId: string }>(202, 'POST', path);
    expect(tookMs).toBeLessThan(MAX_REQUEST_MS);
    return body.jobId;
  }

  async function history(jobId: string, { id }: PricedProduct): Promise<History> {
    const of = (subject: string, what: string) =>
      sql`(SELECT COUNT(*) FROM test_effect WHERE subject = ${subject} AND what = ${what})`;
    const [row] = await database.reader.query<History>(
      sql`SELECT state, attempts, ${of(jobId, 'active')} AS starts, ${of(jobId, 'completed')} AS ends, ${of(id, 'related')} AS related FROM job WHERE id = ${jobId}`,
    );
    if (row === undefined) throw new Error(`no job ${jobId}`);
    return row;
  }

  async function expectDoneOnce(jobId: string, product: PricedProduct): Promise<void> {
    await eventually(
      'the job is done',
      async () => (await history(jobId, product)).state === 'completed',
      { withinMs: DONE_WITHIN_MS },
    );
    const others = products.length - 1;
    const once = { state: 'completed', attempts: 1, starts: 1, ends: 1, related: others };
    expect(await history(jobId, product)).toEqual(once);
    // Another job goes the same way through the same worker: whatever was delivered twice has been by then.
    const last = products.at(-1)!;
    const after = await ask(1, last);
    await eventually(
      'a later job is done',
      async () => (await history(after, last)).state === 'completed',
      { withinMs: DONE_WITHIN_MS },
    );
    expect(await history(jobId, product)).toEqual(once);
  }

  async function expectWaiting(jobId: string, product: PricedProduct): Promise<void> {
    expect(await history(jobId, product)).toEqual({
      state: 'pending',
      attempts: 0,
      starts: 0,
      ends: 0,
      related: 0,
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

  it('runs once when a Redis that was frozen goes on', async () => {
    const product = products[0]!;
    await forgetRelated(product);
    fleet.redis.freeze();
    const jobId = await ask(0, product);
    await expectWaiting(jobId, product);
    fleet.redis.thaw();
    await expectDoneOnce(jobId, product);
  }, 120_000);

  it('runs once when Redis was killed and comes back empty', async () => {
    const product = products[1]!;
    await forgetRelated(product);
    await fleet.redis.kill();
    const jobId = await ask(0, product);
    await expectWaiting(jobId, product);
    await expectMetricsToTellOfTheOutage();
    await fleet.redis.restart({ empty: true });
    await expectDoneOnce(jobId, product);
  }, 120_000);

  it('runs once when Redis loses it after it was handed over', async () => {
    const product = products[2]!;
    await forgetRelated(product);
    fleet.authoring[0]!.freeze();
    const jobId = await ask(0, product);
    await eventually(
      'it is handed over',
      async () => (await history(jobId, product)).state === 'dispatched',
    );
    await fleet.redis.restart({ empty: true });
    fleet.authoring[0]!.thaw();
    await expectDoneOnce(jobId, product);
  }, 120_000);

  it('runs once when its replica is killed right after the answer', async () => {
    const product = products[3]!;
    await forgetRelated(product);
    await fleet.redis.kill();
    const jobId = await ask(0, product);
    await fleet.commerce[0]!.kill('SIGKILL');
    await expectWaiting(jobId, product);
    await fleet.redis.restart({ empty: true });
    await expectDoneOnce(jobId, product);
  }, 120_000);
});
