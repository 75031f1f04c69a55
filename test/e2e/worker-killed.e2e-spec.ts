import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeProductCsv } from '#libs/product-csv';
import { sql } from '#libs/database';
import { eventually, startFleet, type RunningFleet } from '#libs/testing';
import type { ImportAnswer } from '../../apps/authoring/src/imports/import.schemas.js';
import type { JobAnswer } from '../../apps/authoring/src/jobs/job.schemas.js';
import { generateProducts } from '../../tools/generated-products.js';
import { createStore } from '../support/catalog-client.js';
import { DatabaseView } from '../support/database-view.js';
import { PushClient } from '../support/push-client.js';
import { ReplicaClient } from '../support/replica-client.js';

const STORE = 'killed';
const PRODUCTS = 4_000;
/** The lock of the dead worker has to run out before another one may go on. */
const TAKEN_OVER_WITHIN_MS = 240_000;
const LIMIT_MS = 8 * 60_000;

async function generatedFile(count: number): Promise<string> {
  let text = '';
  for await (const part of writeProductCsv(generateProducts(count, 7))) text += part;
  return text;
}

describe('an import whose worker is killed', () => {
  let fleet: RunningFleet;
  let database: DatabaseView;
  let front: ReplicaClient;
  let socket: PushClient;

  beforeAll(async () => {
    fleet = await startFleet({
      commerce: 0,
      authoring: 3,
      envOf: (_role, index) => (index === 0 ? { JOBS_WORKER: 'false' } : {}),
    });
    database = await DatabaseView.open(fleet.databaseUrl);
    front = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    await createStore(front, STORE);
    socket = await PushClient.connect(front.url, { token: front.token });
  }, LIMIT_MS);

  afterAll(async () => {
    socket?.close();
    await database?.close();
    await fleet?.stop();
  });

  it(
    'is finished by another worker: every product once, counters exact, one notification',
    async () => {
      const { body } = await front.upload(await generatedFile(PRODUCTS), { store: STORE });
      const { jobId, importId } = body;
      const job = async () => (await front.get<JobAnswer>(`/jobs/${jobId}`)).body;
      const imported = async () => (await front.get<ImportAnswer>(`/imports/${importId}`)).body;

      const running = await eventually('batches are stored', async () => {
        const now = await job();
        return now.state === 'active' && (await imported()).products > 0 ? now : undefined;
      });
      const worker = fleet.authoring.find(({ replica }) => replica === running.replica);
      await worker!.kill('SIGKILL');
      const stored = await imported();
      expect(stored.products).toBeGreaterThan(0);
      expect(stored.products).toBeLessThan(PRODUCTS);
      expect(await job()).toMatchObject({ state: 'active', attempts: 1 });

      const done = await front.jobEnded(jobId, TAKEN_OVER_WITHIN_MS);
      expect(done).toMatchObject({ state: 'completed', attempts: 2, error: null });
      expect(done.result).toMatchObject({ products: PRODUCTS, isComplete: true });
      expect(await imported()).toMatchObject({
        products: PRODUCTS,
        created: PRODUCTS,
        updated: 0,
        unchanged: 0,
        rejected: 0,
        issues: 0,
      });
      const [counts] = await database.rows<{ products: number; handles: number; batches: number }>(
        sql`SELECT COUNT(*) AS products, COUNT(DISTINCT p.source_key) AS handles, (SELECT COUNT(*) FROM inbox WHERE job_id = ${jobId} AND step LIKE 'batch-%') AS batches FROM product p JOIN store s ON s.id = p.store_id WHERE s.code = ${STORE}`,
      );
      expect(counts).toEqual({ products: PRODUCTS, handles: PRODUCTS, batches: PRODUCTS / 100 });

      const ends = await eventually('the notification', () => {
        // A client that has lost its connection waits for nothing.
        expect(socket.disconnectReason).toBeUndefined();
        const all = socket.bodiesOf('notification');
        const own = all.filter(({ payload }) => payload['id'] === jobId);
        return own.length > 0 && own;
      });
      expect(ends).toMatchObject([{ type: 'job.completed' }]);
      const notified = sql`SELECT COUNT(*) AS v FROM notification WHERE type = 'job.completed' AND payload_json LIKE ${`%${jobId}%`}`;
      expect(await database.value(notified)).toBe(1);
    },
    LIMIT_MS,
  );
});
