import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, HttpCode, Module, Param, Post, Query } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { z } from 'zod';
import { loadConfig } from '#libs/config';
import { currentContext } from '#libs/kernel';
import { ObservabilityModule } from '#libs/observability';
import { HttpModule } from '../http.module.js';
import { createReplicaApp } from '../server/replica-app.js';
import { Public } from '../routes/access.js';

const Line = z.strictObject({ sku: z.string().min(1), quantity: z.int().min(1) });
const Payer = z.union([
  z.strictObject({ id: z.string() }),
  z.strictObject({ draft: z.strictObject({ name: z.string(), address: Line.nullable() }) }),
]);
const Order = z.strictObject({
  lines: z.array(Line).max(10),
  payer: Payer.optional(),
  notes: z.record(z.string().regex(/^[a-z]{2}$/, 'A language, such as en'), z.string()).optional(),
});
const Page = z.strictObject({ limit: z.coerce.number().int().max(100).default(20) });
const Id = z.strictObject({ id: z.uuid() });

@Public()
@Controller('orders')
class OrdersController {
  @Post()
  @HttpCode(201)
  place(@Body({ schema: Order }) order: z.infer<typeof Order>): object {
    return { placed: order.lines.length, requestId: currentContext()?.requestId };
  }

  @Get()
  list(@Query({ schema: Page }) page: z.infer<typeof Page>): object {
    return page;
  }

  @Get(':id')
  read(@Param({ schema: Id }) { id }: z.infer<typeof Id>): object {
    return { id };
  }
}

@Module({ imports: [ObservabilityModule, HttpModule], controllers: [OrdersController] })
class ShopModule {}

describe('problem+json for what a client sends', () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    const env = {
      REDIS_URL: 'redis://127.0.0.1:1',
      REPLICA_ID: 'c1',
      BODY_LIMIT_BYTES: '2048',
      LOG_LEVEL: 'silent',
    };
    app = await createReplicaApp(loadConfig(env, 'commerce'), { module: ShopModule });
  });

  afterAll(() => app.close());

  async function send(
    method: 'GET' | 'POST' | 'PUT',
    url: string,
    payload?: string | Buffer,
    headers: Record<string, string> = { 'content-type': 'application/json' },
  ) {
    const response = await app.inject({
      method,
      url,
      ...(payload === undefined ? {} : { payload, headers }),
    });
    const problem = JSON.parse(response.payload) as Record<string, unknown>;
    return { response, problem };
  }

  async function expectProblem(sent: ReturnType<typeof send>, status: number, code: string) {
    const { response, problem } = await sent;
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(response.headers['lockstep-replica']).toBe('c1');
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.statusCode).toBe(status);
    expect(problem).toMatchObject({
      type: `urn:lockstep:problem:${code}`,
      status,
      code,
      title: expect.any(String),
      detail: expect.any(String),
      requestId: response.headers['x-request-id'],
    });
    return { response, problem };
  }

  it('lets a correct request through, inside its context', async () => {
    const body = JSON.stringify({ lines: [{ sku: 'A', quantity: 1 }] });
    const { response, problem } = await send('POST', '/api/v1/orders', body);
    expect(response.statusCode).toBe(201);
    expect(problem).toEqual({ placed: 1, requestId: response.headers['x-request-id'] });
  });

  it.each(['{"lines": [', ' ', '{"__proto__": {"x": 1}}', 'null x'])(
    'refuses malformed JSON: %s',
    async (body) => {
      await expectProblem(send('POST', '/api/v1/orders', body), 400, 'http.malformed-json');
    },
  );

  it('refuses letters of another encoding, of which some would be lost', async () => {
    const body = Buffer.from('{"lines": [{"sku": "Öl", "quantity": 1}]}', 'latin1');
    const sent = send('POST', '/api/v1/orders', body);
    const { problem } = await expectProblem(sent, 400, 'http.malformed-json');
    expect(problem['detail']).toBe('The body is not UTF-8');
  });

  it('lists every wrong type with its path', async () => {
    const body = JSON.stringify({ lines: [{ sku: 7, quantity: 1 }, { sku: '' }] });
    const sent = send('POST', '/api/v1/orders', body);
    const { problem } = await expectProblem(sent, 400, 'http.validation-failed');
    const errors = problem['errors'] as { path: string; message: string }[];
    expect(errors.map(({ path }) => path)).toEqual([
      'lines.0.sku',
      'lines.1.sku',
      'lines.1.quantity',
    ]);
  });

  it('refuses fields it does not know, in the body, the query and the path', async () => {
    const body = JSON.stringify({ lines: [{ sku: 'A', quantity: 1, price: 0 }], isAdmin: true });
    const sent = send('POST', '/api/v1/orders', body);
    const { problem } = await expectProblem(sent, 400, 'http.validation-failed');
    expect(problem['errors']).toEqual(
      expect.arrayContaining([
        { path: 'lines.0.price', message: 'Unknown field' },
        { path: 'isAdmin', message: 'Unknown field' },
      ]),
    );
    await expectProblem(send('GET', '/api/v1/orders?limt=5'), 400, 'http.validation-failed');
    await expectProblem(send('GET', '/api/v1/orders?limit=500'), 400, 'http.validation-failed');
    await expectProblem(send('GET', '/api/v1/orders/not-an-id'), 400, 'http.validation-failed');
  });

  it.each([
    [{ draft: {} }, ['payer.draft.name', 'payer.draft.address']],
    [{ draft: { name: 'A', address: { sku: 'A' } } }, ['payer.draft.address.quantity']],
    [{ draft: { name: 'A', address: null }, name: 'A' }, ['payer.name']],
    [{ id: 7 }, ['payer.id']],
    // As far from one form as from the other.
    [{}, ['payer']],
    ['A', ['payer']],
  ])(
    'says of what has several forms what is wrong by the one that was meant: %j',
    async (payer, paths) => {
      const sent = send('POST', '/api/v1/orders', JSON.stringify({ lines: [], payer }));
      const { problem } = await expectProblem(sent, 400, 'http.validation-failed');
      const errors = problem['errors'] as { path: string }[];
      expect(errors.map(({ path }) => path)).toEqual(paths);
    },
  );

  it.each([
    [
      { payer: {} },
      'payer',
      'No form of it fits: id: Missing: expected string; or draft: Missing: expected object',
    ],
    [{ payer: null }, 'payer', 'Invalid input: expected object, received null'],
    [
      { notes: { english: 'Rings twice' } },
      'notes.english',
      'Invalid name of a field: A language, such as en',
    ],
  ])('says what is expected where nothing fits: %j', async (wrong, path, message) => {
    const sent = send('POST', '/api/v1/orders', JSON.stringify({ lines: [], ...wrong }));
    const { problem } = await expectProblem(sent, 400, 'http.validation-failed');
    expect(problem['errors']).toEqual([{ path, message }]);
  });

  it('refuses a missing body as a whole', async () => {
    await expectProblem(send('POST', '/api/v1/orders'), 400, 'http.validation-failed');
  });

  it('bounds the size of the list of errors', async () => {
    const body = `{${Array.from({ length: 150 }, (_, n) => `"x${n}":1`).join()}}`;
    const { problem } = await send('POST', '/api/v1/orders', body);
    expect(problem['errors']).toHaveLength(100);
  });

  it('refuses an oversized body', async () => {
    const body = JSON.stringify({ lines: [{ sku: 'A'.repeat(4096), quantity: 1 }] });
    await expectProblem(send('POST', '/api/v1/orders', body), 413, 'http.body-too-large');
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/xml',
    'multipart/form-data; boundary=x',
  ])('refuses the content type %s', async (type) => {
    const sent = send('POST', '/api/v1/orders', 'lines=1', { 'content-type': type });
    await expectProblem(sent, 415, 'http.unsupported-media-type');
  });

  it('tells an unknown route from a wrong method', async () => {
    await expectProblem(send('GET', '/api/v1/nothing'), 404, 'http.route-not-found');
    await expectProblem(send('GET', '/orders'), 404, 'http.route-not-found');
    const sent = send('PUT', '/api/v1/orders', '{}');
    const { response } = await expectProblem(sent, 405, 'http.method-not-allowed');
    expect(response.headers['allow']).toBe('GET, HEAD, POST');
  });

  it('answers a URL that cannot be decoded', async () => {
    await expectProblem(send('GET', '/api/v1/orders/%zz'), 400, 'http.bad-request');
  });

  it('counts requests by route template', async () => {
    await send('GET', '/api/v1/orders/0199a2f0-0000-7000-8000-000000000000');
    const { payload } = await app.inject('/metrics');
    expect(payload).toContain(
      'lockstep_http_requests_total{method="GET",route="/api/v1/orders/:id",status="200",role="commerce"} 1',
    );
    expect(payload).not.toContain('0199a2f0');
  });
});
