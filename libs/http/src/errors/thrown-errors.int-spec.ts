import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  ConflictException,
  Controller,
  Get,
  Global,
  InternalServerErrorException,
  Module,
  Param,
  Post,
  Res,
  ServiceUnavailableException,
} from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { loadConfig } from '#libs/config';
import { defineErrors } from '#libs/kernel';
import {
  HealthRegistry,
  Logger,
  Metrics,
  ReplicaLoad,
  Tracing,
  createLogger,
} from '#libs/observability';
import { HttpModule } from '../http.module.js';
import { createReplicaApp } from '../server/replica-app.js';
import { Public } from '../routes/access.js';

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

/** What describes a body: of a handler's own answer, and of no other. */
const DRESS = {
  etag: '"7"',
  'last-modified': 'Sat, 28 Nov 2026 00:00:00 GMT',
  'content-encoding': 'br',
  'content-disposition': 'attachment; filename="report.csv"',
  'content-language': 'de',
  'content-range': 'bytes 0-1/2',
};

@Public()
@Controller('errors')
class ErrorsController {
  @Post(':name')
  accept(): object {
    return {};
  }

  @Get(':name')
  fail(@Param('name') name: string, @Res({ passthrough: true }) reply: FastifyReply): never {
    // Meant for an answer that this request will not have.
    void reply.headers({ ...DRESS, 'x-own': 'kept' });
    switch (name) {
      case 'user':
        throw shopErrors.soldOut({ message: 'No more tyres', details: { available: 3 } });
      case 'operational':
        throw shopErrors.databaseAway({ retryAfterSeconds: 2.5 });
      case 'defect':
        throw shopErrors.impossible({ message: 'hunter2', details: { secret: 'hunter2' } });
      case 'conflict':
        throw new ConflictException('Nest says so');
      case 'nest-away':
        throw new ServiceUnavailableException('hunter2');
      case 'nest-internal':
        throw new InternalServerErrorException('hunter2');
      default:
        throw new TypeError('hunter2 is not a function');
    }
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
    ReplicaLoad,
    { provide: Tracing, useValue: new Tracing() },
  ],
  exports: [Logger, Metrics, HealthRegistry, ReplicaLoad, Tracing],
})
class CapturedObservability {}

@Module({ imports: [CapturedObservability, HttpModule], controllers: [ErrorsController] })
class ErrorsModule {}

describe('problem+json for what a use case throws', () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    const config = loadConfig({ REDIS_URL: 'redis://127.0.0.1:1', REPLICA_ID: 'c1' }, 'commerce');
    app = await createReplicaApp(config, { module: ErrorsModule });
  });

  beforeEach(() => void log.splice(0));

  afterAll(() => app.close());

  async function read(path: string) {
    const response = await app.inject(`/api/v1/errors/${path}`);
    const problem = JSON.parse(response.payload) as Record<string, unknown>;
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(problem['requestId']).toBe(response.headers['x-request-id']);
    expect(problem['status']).toBe(response.statusCode);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.headers).not.toHaveProperty('etag');
    expect(response.headers).not.toHaveProperty('last-modified');
    return { response, problem };
  }

  it('carries what the error says, and logs it by its family', async () => {
    const user = await read('user');
    expect(user.problem).toMatchObject({
      status: 409,
      code: 'shop.sold-out',
      detail: 'No more tyres',
      available: 3,
      instance: '/api/v1/errors/user',
    });
    const { response, problem } = await read('operational?token=x');
    expect(problem).toMatchObject({ status: 503, code: 'shop.database-away' });
    expect(response.headers['retry-after']).toBe('3');
    expect(log.map(({ level, code }) => [level, code])).toEqual([
      ['info', 'shop.sold-out'],
      ['warn', 'shop.database-away'],
    ]);
    expect(JSON.stringify(log)).not.toContain('token=x');
  });

  it('names the request in the log, also when no handler was reached', async () => {
    const malformed = await app.inject({
      method: 'POST',
      url: '/api/v1/errors/user',
      payload: '{',
      headers: { 'content-type': 'application/json', 'x-request-id': 'malformed' },
    });
    const unknown = { 'x-request-id': 'unknown' };
    const absent = await app.inject({ url: '/api/v1/nowhere', headers: unknown });
    await app.inject({ url: '/api/v1/errors/user', headers: { 'x-request-id': 'handled' } });
    expect([malformed, absent].map(({ statusCode }) => statusCode)).toEqual([400, 404]);
    expect(log.map(({ requestId }) => requestId)).toEqual(['malformed', 'unknown', 'handled']);
  });

  it.each(['user', 'operational', 'unknown'])(
    'does not dress an error in what a handler set for its own answer (%s)',
    async (name) => {
      const { headers } = (await read(name)).response;
      for (const each of Object.keys(DRESS)) expect(headers).not.toHaveProperty(each);
      expect(headers['x-own']).toBe('kept');
    },
  );

  it('keeps what Nest itself reports', async () => {
    expect((await read('conflict')).problem).toMatchObject({
      code: 'http.request-rejected',
      detail: 'Nest says so',
    });
  });

  it('tells nobody what Nest says when it is unavailable', async () => {
    const { response, problem } = await read('nest-away');
    expect(problem).toMatchObject({ status: 503, code: 'http.unavailable' });
    expect(response.payload).not.toContain('hunter2');
  });

  it.each(['unknown', 'defect', 'nest-internal'])(
    'reveals nothing of a defect (%s) and logs all of it',
    async (name) => {
      const { response, problem } = await read(name);
      expect(problem).toMatchObject({ status: 500, code: 'http.internal' });
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
});
