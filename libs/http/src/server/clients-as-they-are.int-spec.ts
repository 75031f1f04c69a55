import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  Body,
  Controller,
  Delete,
  Get,
  Global,
  HttpCode,
  Module,
  Patch,
  Post,
  Req,
} from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { loadConfig } from '#libs/config';
import { ObservabilityModule } from '#libs/observability';
import { sendRaw } from '../../test/send-raw.js';
import { httpErrors } from '../errors/http.errors.js';
import { HttpModule } from '../http.module.js';
import { POSITION_GATE, type PositionGate } from '../coherence/position-gate.js';
import { createReplicaApp } from './replica-app.js';
import { withUploadedFile } from '../routes/uploaded-file.js';
import { IfMatch } from '../routes/version-etag.js';
import { Public } from '../routes/access.js';

const Note = z.strictObject({ text: z.string() });
const ORIGIN = 'https://shop.example';

@Public()
@Controller('notes')
class NotesController {
  @Get()
  list(): object {
    return { notes: [] };
  }

  @Post()
  add(@Body({ schema: Note }) note: z.infer<typeof Note>): object {
    return note;
  }

  @Post('recount')
  @HttpCode(202)
  recount(): object {
    return {};
  }

  @Patch()
  change(@IfMatch() version: number): object {
    return { version };
  }

  @Delete()
  @HttpCode(204)
  remove(): void {}

  @Post('file')
  async file(@Req() request: FastifyRequest): Promise<object> {
    return withUploadedFile(request, httpErrors.notFound, async ({ name, content }) => {
      let bytes = 0;
      for await (const chunk of content) bytes += chunk.byteLength;
      return { name, bytes };
    });
  }
}

const gate: PositionGate = {
  installation: 'here',
  ensurePosition: async () => undefined,
  hasReached: () => true,
};

@Global()
@Module({ providers: [{ provide: POSITION_GATE, useValue: gate }], exports: [POSITION_GATE] })
class GateModule {}

@Module({ imports: [ObservabilityModule, GateModule, HttpModule], controllers: [NotesController] })
class NotesModule {}

describe.each([
  ['without CORS', {}],
  ['with CORS', { CORS_ORIGINS: ORIGIN }],
])('HTTP as clients speak it, %s', (_name, env) => {
  const hasCors = 'CORS_ORIGINS' in env;
  let app: NestFastifyApplication;
  let port: number;

  beforeAll(async () => {
    const config = loadConfig(
      {
        REDIS_URL: 'redis://127.0.0.1:1',
        REPLICA_ID: 'c1',
        LOG_LEVEL: 'silent',
        UPLOAD_LIMIT_BYTES: '1KiB',
        ...env,
      },
      'authoring',
    );
    app = await createReplicaApp(config, { module: NotesModule, uploads: true });
    await app.listen(0, '127.0.0.1');
    port = (app.getHttpServer().address() as AddressInfo).port;
  });

  afterAll(() => app.close());

  const raw = (text: string) => sendRaw(port, text);

  const inject = (
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'OPTIONS',
    url: string,
    more = {},
  ) => app.inject({ method, url: `/api/v1/${url}`, ...more });
  const json = { 'content-type': 'application/json' };

  it('takes an empty body for none, whatever content type is named', async () => {
    expect((await inject('DELETE', 'notes', { headers: json, payload: '' })).statusCode).toBe(204);
    expect(
      (
        await raw(
          'DELETE /api/v1/notes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
        )
      ).status,
    ).toBe(204);
    expect((await inject('POST', 'notes/recount', { headers: json })).statusCode).toBe(202);
    const missing = await inject('POST', 'notes', { headers: json, payload: '' });
    expect([missing.statusCode, missing.json<{ code: string }>().code]).toEqual([
      400,
      'http.validation-failed',
    ]);
    const broken = await inject('POST', 'notes', { headers: json, payload: ' ' });
    expect(broken.json<{ code: string }>().code).toBe('http.malformed-json');
    const poisoned = await inject('POST', 'notes', {
      headers: json,
      payload: '{"__proto__":{"a":1}}',
    });
    expect(poisoned.statusCode).toBe(400);
  });

  it.each(['"7"', 'W/"7"', '"7-gzip"', 'W/"7-br"', '"7;gzip"'])(
    'takes %s for version 7',
    async (tag) => {
      const { json: body } = await inject('PATCH', 'notes', { headers: { 'if-match': tag } });
      expect(body()).toEqual({ version: 7 });
    },
  );

  it.each(['7', '*', 'W/7', '"7", "8"', '"7-lz"', '"x"'])(
    'refuses %s as a version',
    async (tag) => {
      const { statusCode } = await inject('PATCH', 'notes', { headers: { 'if-match': tag } });
      expect(statusCode).toBe(400);
    },
  );

  it('tells an unknown path from a wrong method', async () => {
    const unknown = await inject('GET', 'nope');
    expect([unknown.statusCode, unknown.json<{ code: string }>().code]).toEqual([
      404,
      'http.route-not-found',
    ]);
    const wrong = await inject('PATCH', 'notes/recount');
    expect([wrong.statusCode, wrong.headers['allow']]).toEqual([405, 'POST']);
  });

  it('answers OPTIONS with what a path has', async () => {
    const known = await inject('OPTIONS', 'notes');
    expect([known.statusCode, known.headers['allow']]).toEqual([
      204,
      'DELETE, GET, HEAD, PATCH, POST',
    ]);
    const unknown = await inject('OPTIONS', 'nope');
    expect([unknown.statusCode, unknown.json<{ code: string }>().code]).toEqual([
      404,
      'http.route-not-found',
    ]);
    const preflight = await inject('OPTIONS', 'notes', {
      headers: { origin: ORIGIN, 'access-control-request-method': 'DELETE' },
    });
    expect(preflight.headers['access-control-allow-origin']).toBe(hasCors ? ORIGIN : undefined);
    if (hasCors) expect(preflight.statusCode).toBe(204);
  });

  it('lets a page of an allowed origin, and no other, read every error', async () => {
    const paths = ['nope', '%zz', 'notes?x=%', 'a'.repeat(300)];
    for (const path of paths) {
      for (const origin of [ORIGIN, 'https://other.example']) {
        const { headers } = await inject('GET', path, { headers: { origin } });
        const isAllowed = hasCors && origin === ORIGIN;
        const expected = isAllowed ? ORIGIN : undefined;
        expect([path, headers['access-control-allow-origin']]).toEqual([path, expected]);
      }
    }
    const early = await inject('GET', 'notes', {
      headers: { origin: ORIGIN, 'lockstep-position': 'no position' },
    });
    expect(early.statusCode).toBe(400);
    expect(early.headers['access-control-allow-origin']).toBe(hasCors ? ORIGIN : undefined);
  });

  it.each([
    [
      'a header that is too large',
      `GET / HTTP/1.1\r\nHost: x\r\nCookie: ${'a'.repeat(20_000)}\r\n\r\n`,
      431,
      'http.headers-too-large',
    ],
    ['no HTTP at all', 'SSH-2.0-OpenSSH_9.2\r\n\r\n', 400, 'http.bad-request'],
    [
      'two lengths',
      'POST /api/v1/notes HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx',
      400,
      'http.bad-request',
    ],
    [
      'a length and chunks',
      'POST /api/v1/notes HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
      'http.bad-request',
    ],
    [
      'a line feed in a header',
      'GET /api/v1/notes HTTP/1.1\r\nHost: x\r\nX: a\rb\r\n\r\n',
      400,
      'http.bad-request',
    ],
    ['no host', 'GET /api/v1/notes HTTP/1.1\r\n\r\n', 400, undefined],
  ])('answers %s as a problem, and closes', async (_what, text, status, code) => {
    const answer = await raw(text);
    expect(answer.status).toBe(status);
    if (code === undefined) return;
    expect(answer.problem).toMatchObject({ status, code });
    expect(answer.head).toContain('content-type: application/problem+json');
    expect(answer.head).toContain('lockstep-replica: c1');
    expect(answer.head).toContain('connection: close');
  });

  it('answers a request that offers another protocol as it is', async () => {
    const answer = await raw(
      'GET /api/v1/notes HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n',
    );
    expect(answer.status).toBe(200);
  });

  it('answers a body that says to go on first', async () => {
    const answer = await raw(
      'POST /api/v1/notes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 12\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n{"text":"a"}',
    );
    expect(answer.head).toContain('100 continue');
  });

  const upload = (contentType: string, body: string) =>
    raw(
      `POST /api/v1/notes/file HTTP/1.1\r\nHost: x\r\nContent-Type: ${contentType}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
    );
  const PART =
    '--B\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nHandle,Title\r\n';

  it('takes a file that is whole', async () => {
    expect((await upload('multipart/form-data; boundary=B', `${PART}--B--\r\n`)).status).toBe(201);
  });

  it.each([
    ['no boundary', 'multipart/form-data', PART],
    ['an empty boundary', 'multipart/form-data; boundary=', PART],
    ['another boundary', 'multipart/form-data; boundary=C', `${PART}--B--\r\n`],
    ['an end that is missing', 'multipart/form-data; boundary=B', PART],
    ['an end inside the head of a part', 'multipart/form-data; boundary=B', PART.slice(0, 40)],
  ])('refuses an upload with %s', async (_what, contentType, body) => {
    const { status, problem } = await upload(contentType, body);
    expect([status, problem.code]).toEqual([400, 'http.bad-request']);
  });

  it('refuses an upload that is too large, or that is no multipart at all', async () => {
    const large = `${PART}${'x'.repeat(2_000)}\r\n--B--\r\n`;
    const tooLarge = await upload('multipart/form-data; boundary=B', large);
    expect([tooLarge.status, tooLarge.problem.code]).toEqual([413, 'http.upload-too-large']);
    const other = await upload('application/json', '{"text":"a"}');
    expect([other.status, other.problem.code]).toEqual([415, 'http.unsupported-media-type']);
  });

  it('cuts off a body that trickles in, and no other', async () => {
    const opened = Date.now();
    const slow = raw(
      'POST /api/v1/notes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n{',
    );
    const answer = await slow;
    expect(answer.problem).toMatchObject({ status: 408, code: 'http.too-slow' });
    expect(Date.now() - opened).toBeGreaterThan(9_000);
    expect((await inject('GET', 'notes')).statusCode).toBe(200);
  });
});
