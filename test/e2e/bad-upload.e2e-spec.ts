import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Agent, request } from 'node:http';
import type { ImportAnswer } from '../../apps/authoring/src/imports/import.schemas.js';
import { sql } from '#libs/database';
import { eventually, startFleet, type RunningFleet } from '#libs/testing';
import { flawOf } from '../support/bad-request.js';
import { createStore } from '../support/catalog-client.js';
import { DatabaseView } from '../support/database-view.js';
import { ReplicaClient } from '../support/replica-client.js';

const STORE = 'uploads';
const UPLOAD_LIMIT_BYTES = 2 * 1024 ** 2;
const HEADER = 'Handle,Title,Variant Price';
const GOOD = `${HEADER}\ndisc,Disc,9.99\n`;

const unusable = { status: 422, code: 'catalog.import-file-unusable' } as const;
const uploads: readonly {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly status: number;
  readonly code: string;
  readonly members?: object;
}[] = [
  {
    name: 'a picture',
    content: Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), noise(4_096)]),
    ...unusable,
  },
  {
    name: 'UTF-16 that does not say so',
    content: Buffer.from(GOOD, 'utf16le'),
    ...unusable,
  },
  {
    name: 'Latin-1 with an umlaut',
    content: Buffer.from(`${HEADER}\nplakette,Grüne Plakette,5.90\n`, 'latin1'),
    ...unusable,
    members: { problem: 'file-not-utf8', line: 2 },
  },
  { name: 'an empty file', content: '', ...unusable, members: { problem: 'file-empty' } },
  {
    name: 'a file without the required columns',
    content: 'Handle,Colour\ndisc,red\n',
    ...unusable,
    members: { problem: 'columns-missing', line: 1 },
  },
  {
    name: 'a file that names a column twice',
    content: 'Handle,Title,Title,Variant Price\n',
    ...unusable,
    members: { problem: 'columns-duplicate' },
  },
  {
    name: 'a quote that is never closed',
    content: `${HEADER}\ndisc,"Disc,9.99\npad,Pad,8.99\n`,
    ...unusable,
    members: { problem: 'quote-unterminated', line: 2 },
  },
  {
    name: 'a row without an end',
    content: `${HEADER}\ndisc,${'x'.repeat(1.5 * 1024 ** 2)}`,
    ...unusable,
    members: { problem: 'row-too-large', line: 2 },
  },
  {
    name: 'a file above the limit',
    // Cut off between two rows it would still be a good file.
    content: GOOD.padEnd(UPLOAD_LIMIT_BYTES, 'pad,Pad,8.99\n') + 'lamp,Lamp,7.99\n',
    status: 413,
    code: 'http.upload-too-large',
  },
];

function multipart({ token }: ReplicaClient): Record<string, string> {
  return { authorization: `Bearer ${token}`, 'content-type': 'multipart/form-data; boundary=edge' };
}

function filePart(content: string, end = '\r\n--edge--\r\n'): string {
  const head = 'content-disposition: form-data; name="file"; filename="products.csv"';
  return `--edge\r\n${head}\r\n\r\n${content}${end}`;
}

/** Bytes that look like nothing, the same every time. */
function noise(count: number): Buffer {
  return Buffer.from(Array.from({ length: count }, (_unused, index) => (index * 7919) % 251));
}

describe('uploading a file that is no product CSV', () => {
  let fleet: RunningFleet;
  let database: DatabaseView;
  let staff: ReplicaClient;

  /** What jobs change would look like an effect of an upload. */
  const jobsAreDone = () =>
    eventually(
      'all jobs are done',
      async () => {
        const waiting = sql`SELECT COUNT(*) AS v FROM job WHERE state <> 'completed'`;
        return (await database.value(waiting)) === 0;
      },
      { withinMs: 120_000 },
    );

  beforeAll(async () => {
    const env = { UPLOAD_LIMIT_BYTES: String(UPLOAD_LIMIT_BYTES) };
    fleet = await startFleet({ commerce: 0, authoring: 1, env });
    database = await DatabaseView.open(fleet.databaseUrl);
    staff = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    await createStore(staff, STORE);
    await jobsAreDone();
  });

  afterAll(async () => {
    await database?.close();
    await fleet?.stop();
  });

  async function expectRefused(
    send: () => Promise<Awaited<ReturnType<ReplicaClient['upload']>>>,
    expected: { readonly status: number; readonly code: string; readonly members?: object },
  ): Promise<void> {
    const before = await database.fingerprint();
    const reply = (await send()) as unknown as Parameters<typeof flawOf>[0];
    expect(flawOf(reply, expected)).toBeUndefined();
    expect(reply.body).toMatchObject(expected.members ?? {});
    expect(await database.fingerprint()).toEqual(before);
  }

  it.each(uploads)('refuses $name and keeps nothing of it', async ({ content, ...expected }) => {
    await expectRefused(() => staff.upload(content, { store: STORE }), expected);
  });

  it('refuses a form without a file, an unknown store and a language it does not speak', async () => {
    const form = new FormData();
    form.append('note', 'no file');
    const send = (query: string, body: FormData) => () =>
      staff.call<never>('POST', `/imports?${query}`, { body });
    await expectRefused(send(`store=${STORE}`, form), {
      status: 400,
      code: 'catalog.import-file-missing',
    });
    await expectRefused(() => staff.upload(GOOD, { store: 'none' }), {
      status: 404,
      code: 'catalog.store-not-found',
    });
    const file = new FormData();
    file.append('file', new Blob([GOOD]), 'products.csv');
    await expectRefused(send(`store=${STORE}&locale=fr`, file), {
      status: 400,
      code: 'catalog.locale-unknown',
    });
    await expectRefused(send(`store=${STORE}&colour=red`, file), {
      status: 400,
      code: 'http.validation-failed',
    });
  });

  it('neutralises formulas in the report, and takes the good rows', async () => {
    const formulas = ['=1+1', '+1+1', '-1+1', '@SUM(A1)', '\t=1+1'];
    const bad = formulas.map((formula, index) => `"${formula}-${index}",Bad,"${formula}"`);
    const { body } = await staff.upload([HEADER, ...bad, 'disc,Disc,9.99'].join('\n'), {
      store: STORE,
      fileName: '=cmd|calc!A1.csv',
    });
    const { state } = await staff.jobEnded(body.jobId);
    const { body: done } = await staff.get<ImportAnswer>(`/imports/${body.importId}`);
    expect([state, done.created, done.rejected]).toEqual(['completed', 1, formulas.length]);

    const { body: report } = await staff.get<string>(`/imports/${body.importId}/report`);
    const lines = report.trimEnd().split(/\r?\n/).slice(1);
    expect(lines.length).toBeGreaterThanOrEqual(formulas.length);
    // No cell of the report begins with what makes a spreadsheet calculate.
    const cells = lines.flatMap((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/));
    expect(cells.filter((cell) => /^"?[=+@\t\r-]/.test(cell))).toEqual([]);
    expect(cells.filter((cell) => /^"?'[=+@-]/.test(cell)).length).toBeGreaterThan(0);
  });

  it('reads what a refused upload still sends: the next request of the connection is answered', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const send = (method: string, path: string, body = '') =>
      new Promise<number | undefined>((resolve, reject) => {
        const options = { method, agent, headers: multipart(staff) };
        const sent = request(`${staff.url}/api/v1${path}`, options, (response) => {
          response.resume().once('end', () => resolve(response.statusCode));
        });
        sent.once('error', reject).end(body);
      });
    try {
      const tooMuch = `${HEADER}\ndisc,${'x'.repeat(4 * 1024 ** 2)}`;
      for (const path of [`/imports?store=${STORE}`, '/imports?store=none', '/imports']) {
        expect(await send('POST', path, filePart(tooMuch))).toBeGreaterThanOrEqual(400);
        expect([path, await send('GET', '/sessions/current')]).toEqual([path, 200]);
      }
    } finally {
      agent.destroy();
    }
  });

  it('keeps nothing of an upload that breaks off', async () => {
    await jobsAreDone();
    const before = await database.fingerprint();
    const url = `${staff.url}/api/v1/imports?store=${STORE}`;
    const sent = request(url, { method: 'POST', headers: multipart(staff) });
    sent.on('error', () => undefined);
    sent.write(filePart(`${HEADER}\n`, ''));
    // Enough for the first piece to be stored.
    sent.write('pad,Pad,8.99\n'.repeat(30_000));
    const chunks = sql`SELECT COUNT(*) AS v FROM import_chunk`;
    const stored = await database.value(chunks);
    await eventually('a piece is stored', async () => (await database.value(chunks)) > stored);
    sent.destroy();
    await eventually('the piece is gone', async () => {
      expect(await database.fingerprint()).toEqual(before);
      return true;
    });
  });

  it('refuses a job, a cursor and a report that are not there', async () => {
    const paths: readonly (readonly [string, number, string])[] = [
      ['/imports/01900000-0000-7000-8000-000000000000/report', 404, 'catalog.import-not-found'],
      ['/imports?cursor=nonsense', 400, 'http.invalid-cursor'],
      ['/jobs/01900000-0000-7000-8000-000000000000', 404, 'jobs.not-found'],
    ];
    for (const [path, status, code] of paths) {
      expect(flawOf(await staff.get(path), { status, code })).toBeUndefined();
    }
  });
});
