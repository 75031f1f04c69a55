import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  Body,
  ConflictException,
  Controller,
  Get,
  Global,
  HttpCode,
  InternalServerErrorException,
  Module,
  Param,
  Post,
  Query,
} from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { z } from 'zod';
import { loadConfig } from '#libs/config';
import { currentContext, defineErrors } from '#libs/kernel';
import { HealthRegistry, Logger, Metrics, createLogger } from '#libs/observability';
import { HttpModule } from './http.module.js';
import { createReplicaApp } from './replica-app.js';

const shopErrors = defineErrors({
  soldOut: { code: 'shop.sold-out', family: 'user', status: 409, title: 'Sold out' },
  databaseAway: {
    code: 'shop.database-away',
    family: 'operational',
    status: 503,
    title: 'The database is away',
  },
  impossible: { code: 'shop.impossible', family: 'defect', status: 500, title: 'Impossible' },
});

const Line = z.strictObject({ sku: z.string().min(1), quantity: z.int().min(1) });
const Order = z.strictObject({ lines: z.array(Line).max(10) });
const Page = z.strictObject({ limit: z.coerce.number().int().max(100).default(20) });
const Id = z.strictObject({ id: z.uuid() });

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

  @Get('errors/:name')
  fail(@Param('name') name: string): never {
    switch (name) {
      case 'user':
        throw shopErrors.soldOut({ message: 'No more tyres', details: { available: 3 } });
      case 'operational':
        throw shopErrors.databaseAway({ retryAfterSeconds: 2.5 });
      case 'defect':
        throw shopErrors.impossible({ message: 'hunter2', details: { secret: 'hunter2' } });
      case 'conflict':
        throw new ConflictException('Nest says so');
      case 'nest-internal':
        throw new InternalServerErrorException('hunter2');
      default:
        throw new TypeError('hunter2 is not a function');
    }
  }

  @Get(':id')
  read(@Param({ schema: Id }) { id }: z.infer<typeof Id>): object {
    return { id };
  }
}

interface LogLine {
  readonly level: string;
  readonly msg: string;
  readonly code?: string;
  readonly requestId?: string;
  readonly err?: { readonly message: string };
}
const log: LogLine[] = [];

@Global()
@Module({
  providers: [
    {
      provide: Logger,
      useFactory: () =>
        createLogger(
          { level: 'info' },
          { write: (line) => void log.push(JSON.parse(line) as LogLine) },
        ),
    },
    Metrics,
    HealthRegistry,
  ],
  exports: [Logger, Metrics, HealthRegistry],
})
class CapturedObservability {}

@Module({ imports: [CapturedObservability, HttpModule], controllers: [OrdersController] })
class ShopModule {}

describe('problem+json', () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    const env = { REDIS_URL: 'redis://127.0.0.1:1', REPLICA_ID: 'c1', BODY_LIMIT_BYTES: '2048' };
    app = await createReplicaApp(loadConfig(env, 'commerce'), { module: ShopModule });
  });

  beforeEach(() => void log.splice(0));

  afterAll(() => app.close());

  async function send(
    method: 'GET' | 'POST' | 'PUT',
    url: string,
    payload?: string,
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

  it.each(['{"lines": [', '', '{"__proto__": {"x": 1}}', 'null x'])(
    'refuses malformed JSON: %s',
    async (body) => {
      await expectProblem(send('POST', '/api/v1/orders', body), 400, 'http.malformed-json');
    },
  );

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

  it('carries what a use case throws, and logs it by its family', async () => {
    const user = await expectProblem(
      send('GET', '/api/v1/orders/errors/user'),
      409,
      'shop.sold-out',
    );
    expect(user.problem).toMatchObject({
      detail: 'No more tyres',
      available: 3,
      instance: '/api/v1/orders/errors/user',
    });
    const operational = send('GET', '/api/v1/orders/errors/operational?token=x');
    const { response } = await expectProblem(operational, 503, 'shop.database-away');
    expect(response.headers['retry-after']).toBe('3');
    expect(log.map(({ level, code }) => [level, code])).toEqual([
      ['info', 'shop.sold-out'],
      ['warn', 'shop.database-away'],
    ]);
    expect(JSON.stringify(log)).not.toContain('token=x');
  });

  it('keeps what Nest itself reports', async () => {
    const sent = send('GET', '/api/v1/orders/errors/conflict');
    const { problem } = await sent;
    expect(problem).toMatchObject({ code: 'http.request-rejected', detail: 'Nest says so' });
  });

  it.each(['unknown', 'defect', 'nest-internal'])(
    'reveals nothing of a defect (%s) and logs all of it',
    async (name) => {
      const sent = send('GET', `/api/v1/orders/errors/${name}`);
      const { response, problem } = await expectProblem(sent, 500, 'http.internal');
      expect(response.payload).not.toContain('hunter2');
      expect(Object.keys(problem).sort()).toEqual(
        ['code', 'detail', 'instance', 'requestId', 'status', 'title', 'type'].sort(),
      );
      expect(log).toHaveLength(1);
      expect(log[0]).toMatchObject({
        level: 'error',
        requestId: problem['requestId'],
        err: { message: expect.stringContaining('hunter2') },
      });
    },
  );

  it('counts requests by route template', async () => {
    await send('GET', '/api/v1/orders/0199a2f0-0000-7000-8000-000000000000');
    const { payload } = await app.inject('/metrics');
    expect(payload).toContain(
      'lockstep_http_requests_total{method="GET",route="/api/v1/orders/:id",status="200"} 1',
    );
    expect(payload).not.toContain('0199a2f0');
  });
});
