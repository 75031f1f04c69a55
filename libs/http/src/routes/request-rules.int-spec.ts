import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller, Get, Global, Module, Patch, Post, Query, Req, Res } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { loadConfig } from '#libs/config';
import { currentContext, staleVersion } from '#libs/kernel';
import { HealthRegistry, ObservabilityModule } from '#libs/observability';
import { eventually, gate } from '#libs/testing';
import { etagOfBody, sendRepresentation } from '../coherence/conditional-get.js';
import { cursorCodec } from './cursor.js';
import { HttpModule } from '../http.module.js';
import { POSITION_GATE, type PositionGate } from '../coherence/position-gate.js';
import { createReplicaApp } from '../server/replica-app.js';
import { RequestTracker } from '../server/request-tracker.js';
import { IfMatch, VersionedAnswer } from './version-etag.js';
import { Public } from './access.js';

const cursors = cursorCodec(z.strictObject({ name: z.string(), id: z.string() }));
const CURRENT_VERSION = 7;

const slow = {
  begun: gate(),
  callerHasGone: gate(),
  done: gate(),
  requestId: undefined as string | undefined,
};

@Public()
@Controller('things')
class ThingsController {
  @Get()
  list(@Query('cursor') cursor: string): object {
    return cursors.decode(cursor);
  }

  @Post()
  async write(): Promise<object> {
    await new Promise((resolve) => setImmediate(resolve));
    const context = currentContext();
    if (context !== undefined) context.position = 42;
    return { requestId: context?.requestId };
  }

  @Post('slow')
  async writeSlowly(): Promise<void> {
    slow.begun.open();
    await slow.callerHasGone.opened;
    slow.requestId = currentContext()?.requestId;
    slow.done.open();
  }

  @Patch()
  @VersionedAnswer()
  change(@IfMatch() version: number): object {
    if (version !== CURRENT_VERSION) throw staleVersion(CURRENT_VERSION);
    return { version: version + 1 };
  }

  @Get('page')
  page(@Req() request: FastifyRequest, @Res() reply: FastifyReply): FastifyReply {
    const body = Buffer.from('{"page":1}');
    return sendRepresentation(request, reply, {
      body,
      contentType: 'application/json; charset=utf-8',
      etag: etagOfBody(body),
      headers: { 'cache-control': 'public, max-age=0' },
    });
  }
}

const positionGate: PositionGate & { asked: number[] } = {
  asked: [],
  installation: 'here',
  hasReached: () => false,
  async ensurePosition(position) {
    this.asked.push(position);
  },
};

@Global()
@Module({
  providers: [{ provide: POSITION_GATE, useValue: positionGate }],
  exports: [POSITION_GATE],
})
class GateModule {}

@Module({
  imports: [ObservabilityModule, GateModule, HttpModule],
  controllers: [ThingsController],
})
class ThingsModule {}

describe('the rules of every request', () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    const env = {
      REDIS_URL: 'redis://127.0.0.1:1',
      REPLICA_ID: 'c1',
      LOG_LEVEL: 'silent',
      CORS_ORIGINS: 'https://shop.example',
    };
    app = await createReplicaApp(loadConfig(env, 'commerce'), { module: ThingsModule });
  });

  beforeEach(() => void positionGate.asked.splice(0));

  afterAll(() => app.close());

  function send(
    method: 'GET' | 'POST' | 'PATCH',
    url: string,
    headers: Record<string, string> = {},
  ) {
    return app.inject({ method, url: `/api/v1/things${url}`, headers });
  }

  it('follows the request id of the caller when it is sane', async () => {
    const given = await send('POST', '', { 'x-request-id': 'edge-1:42' });
    expect(given.headers['x-request-id']).toBe('edge-1:42');
    expect(given.json()).toEqual({ requestId: 'edge-1:42' });
    const hostile = await send('POST', '', { 'x-request-id': 'a b\u007f' });
    expect(hostile.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}-[0-9a-z]+$/);
  });

  it('keeps the context of a request until its handler has ended, whoever has gone meanwhile', async () => {
    await app.listen(0, '127.0.0.1');
    const caller = new AbortController();
    const answer = fetch(`${await app.getUrl()}/api/v1/things/slow`, {
      method: 'POST',
      headers: { 'x-request-id': 'gone' },
      signal: caller.signal,
    });
    await slow.begun.opened;
    caller.abort();
    await expect(answer).rejects.toThrow();
    const tracker = app.get(RequestTracker);
    await eventually('nobody waits for an answer', () => tracker.inFlight === 0);
    slow.callerHasGone.open();
    await slow.done.opened;
    expect(slow.requestId).toBe('gone');
  });

  it('names the replica, and the position after a write only', async () => {
    const write = await send('POST', '');
    expect(write.headers).toMatchObject({
      'lockstep-replica': 'c1',
      'lockstep-position': '42@here',
    });
    const read = await send('GET', '/page');
    expect(read.headers['lockstep-replica']).toBe('c1');
    expect(read.headers).not.toHaveProperty('lockstep-position');
  });

  it('catches up before it handles a request with a position', async () => {
    await send('GET', '/page', { 'lockstep-position': '41@here' });
    expect(positionGate.asked).toEqual([41]);
    const malformed = [
      '',
      '-1@here',
      '1.5@here',
      '1e3@here',
      'abc',
      '99999999999999999@here',
      '41',
      '@here',
      '41@',
    ];
    for (const header of malformed) {
      const response = await send('GET', '/page', { 'lockstep-position': header });
      expect(response.statusCode).toBe(400);
      expect(response.json()).toMatchObject({ code: 'http.invalid-position' });
    }
    expect(positionGate.asked).toEqual([41]);
  });

  it('refuses the position of another installation at once', async () => {
    const response = await send('GET', '/page', { 'lockstep-position': '41@elsewhere' });
    expect(response.statusCode).toBe(409);
    expect(response.json()).toMatchObject({ code: 'cache.position-unknown' });
    expect(positionGate.asked).toEqual([]);
  });

  it('demands the version a change is based on', async () => {
    expect((await send('PATCH', '')).json()).toMatchObject({
      status: 428,
      code: 'http.precondition-required',
    });
    for (const malformed of ['7', '*', 'W/7', '"7", "8"', '"x"', '""']) {
      expect((await send('PATCH', '', { 'if-match': malformed })).json()).toMatchObject({
        status: 400,
        code: 'http.invalid-precondition',
      });
    }
    const stale = await send('PATCH', '', { 'if-match': '"6"' });
    expect(stale.json()).toMatchObject({
      status: 412,
      code: 'http.stale-version',
      currentVersion: 7,
    });
    const changed = await send('PATCH', '', { 'if-match': '"7"' });
    expect(changed.statusCode).toBe(200);
    expect(changed.headers['etag']).toBe('"8"');
  });

  it('answers 304 when the caller has the bytes already', async () => {
    const first = await send('GET', '/page');
    const etag = String(first.headers['etag']);
    expect(first.payload).toBe('{"page":1}');
    const second = await send('GET', '/page', { 'if-none-match': `"other", W/${etag}` });
    expect(second.statusCode).toBe(304);
    expect(second.payload).toBe('');
    expect(second.headers).toMatchObject({ etag, 'cache-control': 'public, max-age=0' });
  });

  it('reads its own cursors only', async () => {
    const position = { name: 'Brake disc ü', id: '7' };
    expect((await send('GET', `?cursor=${cursors.encode(position)}`)).json()).toEqual(position);
    for (const forged of ['!', 'e30', Buffer.from('{"name":1}').toString('base64url')]) {
      expect((await send('GET', `?cursor=${forged}`)).json()).toMatchObject({
        status: 400,
        code: 'http.invalid-cursor',
      });
    }
  });

  it('lets the pages of configured origins in', async () => {
    const ours = await send('GET', '/page', { origin: 'https://shop.example' });
    expect(ours.headers['access-control-allow-origin']).toBe('https://shop.example');
    expect(ours.headers['access-control-expose-headers']).toContain('lockstep-position');
    const theirs = await send('GET', '/page', { origin: 'https://evil.example' });
    expect(theirs.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('is ready only while it serves and what it needs works', async () => {
    const health = app.get(HealthRegistry);
    let isDatabaseUp = true;
    health.requireReady('database', () =>
      isDatabaseUp ? Promise.resolve() : Promise.reject(new Error('away')),
    );
    expect((await app.inject('/health/ready')).statusCode).toBe(503);
    health.markServing();
    expect((await app.inject('/health/ready')).statusCode).toBe(200);
    isDatabaseUp = false;
    const away = await app.inject('/health/ready');
    expect(away.statusCode).toBe(503);
    expect(away.json()).toMatchObject({ checks: { database: { status: 'down' } } });
    expect((await app.inject('/health/live')).statusCode).toBe(200);
  });
});
