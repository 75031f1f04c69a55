import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  AcceptedImportAnswer,
  ImportAnswer,
} from '../../apps/authoring/src/imports/import.schemas.js';
import { eventually, startFleet, type RunningFleet } from '#libs/testing';
import { projectRoot } from '../../tools/lib/run.mjs';
import { createStore } from '../support/catalog-client.js';
import { DatabaseView } from '../support/database-view.js';
import { PushClient } from '../support/push-client.js';
import { ReplicaClient } from '../support/replica-client.js';

const ownFile = readFileSync(join(projectRoot, 'test/fixtures/products.csv'), 'utf8');
const sharedFile = join(projectRoot, '../shared/data/apparel.csv');

/** What an upload and its job write about themselves. */
const JOB_TABLES = [
  'import_file',
  'import_chunk',
  'import_issue',
  'job',
  'inbox',
  'notification',
  'audit_log',
];
const MORE_PRODUCTS = 250;
const STORE = 'imports';

/** The file of this repository, and behind it simple products that make it several batches long. */
function severalBatches(): string {
  const columns = ownFile.split('\n')[0]?.split(',') ?? [];
  const at = (name: string) => columns.indexOf(name);
  const rows = Array.from({ length: MORE_PRODUCTS }, (_, index) => {
    const cells = columns.map(() => '');
    cells[0] = `filler-${index}`;
    cells[at('Title')] = `Filler ${index}`;
    cells[at('Published')] = 'true';
    cells[at('Variant Inventory Qty')] = '3';
    cells[at('Variant Price')] = '9.99';
    return cells.join(',');
  });
  return [ownFile, ...rows].join('\n');
}

/** Physical line, counted from 1, of the nth row with the handle. */
function lineOf(handle: string, nth = 1): number {
  const lines = ownFile.split(/\r\n|\n|\r/).map((line, index) => ({ line, number: index + 1 }));
  return lines.filter(({ line }) => line.startsWith(`${handle},`))[nth - 1]?.number ?? Number.NaN;
}

describe('an import through a fleet', () => {
  let fleet: RunningFleet;
  let database: DatabaseView;
  /** Takes requests and sockets, and runs no job. */
  let front: ReplicaClient;
  let socket: PushClient;

  beforeAll(async () => {
    fleet = await startFleet({
      commerce: 2,
      authoring: 2,
      envOf: (role, index) => (role === 'authoring' && index === 0 ? { JOBS_WORKER: 'false' } : {}),
    });
    database = await DatabaseView.open(fleet.databaseUrl);
    front = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    await createStore(front, STORE);
    socket = await PushClient.connect(front.url, { token: front.token });
    await untilLinked();
  });

  afterAll(async () => {
    socket?.close();
    await database?.close();
    await fleet?.stop();
  });

  /** Events travel between the replicas: one of a job that B runs has come to the socket at A. */
  async function untilLinked(): Promise<void> {
    await eventually('a notification crosses', async () => {
      await imported(ownFile, true);
      return socket.bodiesOf('notification').length > 0;
    });
  }

  async function imported(content: string | Uint8Array, dryRun = false) {
    const accepted = await front.upload(content, { store: STORE, dryRun });
    expect(accepted.status).toBe(202);
    return ended(accepted.body);
  }

  async function ended({ importId, jobId }: AcceptedImportAnswer) {
    const job = await front.jobEnded(jobId);
    expect(job).toMatchObject({ state: 'completed', error: null });
    const { body } = await front.get<ImportAnswer>(`/imports/${importId}`);
    return { job, import: body };
  }

  /** The ids of the simple products. */
  async function fillers(): Promise<string[]> {
    const query = { store: STORE, limit: '100' };
    const products = await front.listAll<{ id: string; slug: string }>('/products', query);
    return products.flatMap(({ id, slug }) => (slug.startsWith('filler-') ? [id] : []));
  }

  const storefront = (path: string, headers: Readonly<Record<string, string>> = {}) =>
    Promise.all(
      fleet.commerce.map(({ url }) =>
        new ReplicaClient(url).get<Record<string, unknown>>(`/stores/${STORE}${path}`, headers),
      ),
    );

  /** Every commerce replica has heard of what was committed until now. */
  async function untilAllHaveHeard(): Promise<void> {
    const call = { body: { tags: ['nothing'] } };
    const { headers } = await front.expect(200, 'POST', '/cache/invalidate', call);
    const position = headers.get('lockstep-position') ?? '';
    for (const { status } of await storefront('', { 'lockstep-position': position })) {
      expect(status).toBe(200);
    }
  }

  it('stores nothing in a dry run, and says what it would do', async () => {
    const before = await database.fingerprint({ without: JOB_TABLES });
    const position = await database.logPosition();
    const { import: dry } = await imported(severalBatches(), true);
    expect(dry).toMatchObject({ isDryRun: true, updated: 0, unchanged: 0 });
    expect(dry.created).toBeGreaterThan(MORE_PRODUCTS);
    expect(dry.created + dry.rejected).toBe(dry.products);
    expect(await database.fingerprint({ without: JOB_TABLES })).toEqual(before);
    expect(await database.tagsAfter(position)).toEqual([]);
    for (const answer of await storefront('/products/wiper-blade')) expect(answer.status).toBe(404);
  });

  it('shows progress and the end at another replica than the one that runs it, and the products everywhere', async () => {
    // Every replica holds the absence of the product in its memory before the import.
    for (const answer of await storefront('/products/wiper-blade')) expect(answer.status).toBe(404);
    const { job, import: done } = await imported(severalBatches());
    const events = await eventually('the notification at the socket', () => {
      const progress = socket.bodiesOf('job.progress').filter(({ id }) => id === job.id);
      const ends = socket
        .bodiesOf('notification')
        .filter(({ payload }) => payload['id'] === job.id);
      // They come by different ways.
      return ends.length > 0 && progress.length > 0 && { progress, ends };
    });
    expect(events.progress[0]).toMatchObject({ name: 'import-products', state: 'active' });
    expect(events.progress[0]!.progress['products']).toBeGreaterThan(0);
    expect(events.ends).toMatchObject([{ type: 'job.completed', payload: { state: 'completed' } }]);
    expect(done.created).toBeGreaterThan(MORE_PRODUCTS);

    await eventually('the products at every commerce replica', async () => {
      for (const handle of ['wiper-blade', 'brake-disc-280', `filler-${MORE_PRODUCTS - 1}`]) {
        for (const answer of await storefront(`/products/${handle}`)) {
          expect([handle, answer.status]).toEqual([handle, 200]);
        }
      }
      return true;
    });
    for (const { body } of await storefront('/products/work-shirt')) {
      expect(body).toMatchObject({
        name: 'Work Shirt',
        options: [{ name: 'Size', values: ['Small', 'Medium', 'Large'] }],
        variants: [{}, {}, { price: { amount: 4200, currency: 'EUR' } }],
      });
    }
  });

  it('changes and invalidates nothing when the same file comes again', async () => {
    const ignored = { without: JOB_TABLES };
    await eventually('the jobs that follow an import have ended', async () => {
      const { body } = await front.get<{ items: { state: string }[] }>('/jobs');
      return body.items.every(({ state }) => state === 'completed');
    });
    await untilAllHaveHeard();
    // The first read after the invalidations loads; the second one is answered from memory.
    await storefront('/products/wiper-blade');
    const before = await database.fingerprint(ignored);
    const position = await database.logPosition();

    const { import: again } = await imported(severalBatches());
    expect(again).toMatchObject({ created: 0, updated: 0 });
    expect(again.unchanged + again.rejected).toBe(again.products);
    expect(await database.fingerprint(ignored)).toEqual(before);
    expect(await database.tagsAfter(position)).toEqual([]);
    for (const answer of await storefront('/products/wiper-blade')) {
      expect(answer.headers.get('cache-status')).toBe('lockstep; hit');
    }
  });

  it('leaves out bad rows and lists them in a report, with their lines', async () => {
    const { import: done } = await imported(ownFile);
    const report = await front.get<string>(`/imports/${done.id}/report`);
    expect(report.headers.get('content-type')).toContain('text/csv');
    expect(report.headers.get('content-disposition')).toContain('import-report.csv');
    const lines = report.body.trimEnd().split(/\r?\n/);
    expect(lines[0]).toBe('Line,Handle,Column,Code,Message');
    const reported = lines.slice(1).map((line) => line.split(',').slice(0, 4));
    expect(reported).toEqual([
      ['1', '', 'My notes', 'column-unread'],
      [String(lineOf('bad-price')), 'bad-price', 'Variant Price', 'price-invalid'],
    ]);
    expect(done).toMatchObject({ rejected: 1, issues: reported.length });
    for (const answer of await storefront('/products/bad-price')) expect(answer.status).toBe(404);
  });

  it('is repriced in bulk by a job, and put back, at every commerce replica', async () => {
    const repriced = async (path: string, body?: object): Promise<void> => {
      const headers = { 'idempotency-key': randomUUID() };
      const call = { headers, ...(body === undefined ? {} : { body }) };
      const accepted = await front.expect<{ repricingId: string; jobId: string }>(
        202,
        'POST',
        path,
        call,
      );
      repricingId = accepted.body.repricingId;
      expect(await front.jobEnded(accepted.body.jobId)).toMatchObject({
        state: 'completed',
        result: { changed: MORE_PRODUCTS, skipped: 0 },
      });
    };
    const shown = (amount: number) =>
      eventually(`${amount} at every commerce replica`, async () => {
        for (const { body } of await storefront(`/products/filler-${MORE_PRODUCTS - 1}`)) {
          expect(body).toMatchObject({ variants: [{ price: { amount } }] });
        }
        return true;
      });
    let repricingId = '';
    const productIds = await fillers();
    await shown(999);
    await repriced('/repricings', {
      store: STORE,
      currency: 'EUR',
      filter: { productIds },
      change: { kind: 'percent', percentPpm: -100_000 },
    });
    await shown(899);
    await repriced(`/repricings/${repricingId}/undo?store=${STORE}`);
    await shown(999);
  });

  const isThere = existsSync(sharedFile);
  const reason = isThere ? '' : ' (skipped: ../shared/data/apparel.csv is not there)';
  (isThere ? describe : describe.skip)(`of apparel.csv${reason}`, () => {
    it('takes it as it is', async () => {
      const content = readFileSync(sharedFile);
      const { import: done } = await imported(content);
      expect(done).toMatchObject({ rejected: 0, issues: 0, updated: 0 });
      expect(done.created).toBeGreaterThan(0);
      const rows = content.toString('utf8').split(/\r?\n/);
      const handle = rows[1]?.split(',')[0] ?? '';
      await eventually('its first product everywhere', async () => {
        for (const answer of await storefront(`/products/${handle}`))
          expect(answer.status).toBe(200);
        return true;
      });
      const { import: again } = await imported(content);
      expect(again).toMatchObject({ created: 0, updated: 0, unchanged: done.created });
    });
  });
});
