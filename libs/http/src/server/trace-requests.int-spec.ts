import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller, Get, Global, Module, Param, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { loadConfig } from '#libs/config';
import { traced } from '#libs/kernel';
import { ObservabilityModule } from '#libs/observability';
import { eventually, gate, TraceCollector, type CollectedSpan } from '#libs/testing';
import { Public } from '../routes/access.js';
import { HttpModule } from '../http.module.js';
import { POSITION_GATE, type PositionGate } from '../coherence/position-gate.js';
import { createReplicaApp } from './replica-app.js';

const CALLER = '4bf92f3577b34da6a3ce929d0e0e4736';
const TRACEPARENT = `00-${CALLER}-00f067aa0ba902b7-01`;
let entered = gate();
let released = gate();

const asked: number[] = [];
const positions: PositionGate = {
  installation: 'here',
  hasReached: () => false,
  ensurePosition: (position) =>
    traced(
      () => ({ name: 'wait for the log' }),
      async () => void asked.push(position),
    ),
};

@Public()
@Controller('people')
class PeopleController {
  @Get(':email')
  find(@Param('email') email: string): Promise<object> {
    return traced(
      () => ({ name: 'look' }),
      async () => ({ email }),
    );
  }

  @Post('slow')
  async slow(): Promise<object> {
    entered.open();
    await released.opened;
    return {};
  }
}

@Global()
@Module({
  providers: [{ provide: POSITION_GATE, useValue: positions }],
  exports: [POSITION_GATE],
})
class GateModule {}

@Module({
  imports: [ObservabilityModule, GateModule, HttpModule],
  controllers: [PeopleController],
})
class PeopleModule {}

describe('the trace of a request', () => {
  let collector: TraceCollector;
  let app: NestFastifyApplication;

  beforeEach(async () => {
    asked.splice(0);
    entered = gate();
    released = gate();
    collector = await TraceCollector.start();
  });

  afterEach(async () => {
    released.open();
    await app.close();
    await collector.stop();
  });

  const start = async (env: Readonly<Record<string, string>> = {}): Promise<string> => {
    const all = { REDIS_URL: 'redis://127.0.0.1:1', LOG_LEVEL: 'silent', ...collector.env, ...env };
    app = await createReplicaApp(loadConfig(all, 'commerce'), { module: PeopleModule });
    await app.listen({ port: 0, host: '127.0.0.1' });
    return `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  };

  const get = async (url: string, headers: Record<string, string> = {}): Promise<number> => {
    const answer = await fetch(url, { headers });
    await answer.text();
    return answer.status;
  };

  const spans = async (count: number): Promise<readonly CollectedSpan[]> => {
    await eventually('the spans are sent', () => collector.spans.length >= count);
    return collector.spans;
  };

  it('names the route and never the address, and none is made of looking after a replica', async () => {
    const url = await start();
    expect(await get(`${url}/health/live`)).toBe(200);
    expect(await get(`${url}/metrics`)).toBe(200);
    expect(await get(`${url}/api/v1/people/jane@example.com?token=hunter2`)).toBe(200);
    expect(await get(`${url}/api/v1/jane`)).toBe(404);
    const told = await spans(3);
    expect(told.map(({ name, facts }) => [name, facts['http.response.status_code']])).toEqual([
      ['look', undefined],
      ['GET /api/v1/people/:email', 200],
      ['GET unmatched', 404],
    ]);
    expect(told[0]?.parentSpanId).toBe(told[1]?.spanId);
    expect(JSON.stringify(told)).not.toMatch(/jane|hunter2/);
  });

  it('names that of a stranger, and is its own, whatever baggage comes with it', async () => {
    const url = await start();
    const headers = { traceparent: TRACEPARENT, baggage: 'lockstep-position=7@here' };
    expect(await get(`${url}/api/v1/people/jane`, headers)).toBe(200);
    const [, request] = await spans(2);
    expect(request?.traceId).not.toBe(CALLER);
    expect(request?.mentions).toEqual([CALLER]);
    expect(asked).toEqual([]);
  });

  it('goes on with that of a caller who is trusted, whose baggage carries a position', async () => {
    const url = await start({ TRACE_CONTINUE: 'true', TRACE_RATIO: '0' });
    const ask = (headers: Record<string, string>) => get(`${url}/api/v1/people/jane`, headers);
    expect(
      await ask({
        traceparent: TRACEPARENT,
        baggage: 'a=b;c=d , lockstep-position=7%40here;x=y,lockstep-position=9@here',
      }),
    ).toBe(200);
    const told = await spans(3);
    expect(told.map(({ name }) => name)).toEqual([
      'wait for the log',
      'look',
      'GET /api/v1/people/:email',
    ]);
    expect(new Set(told.map(({ traceId }) => traceId))).toEqual(new Set([CALLER]));
    // The header that clients of Lockstep send says more than what came along with the request.
    await ask({ 'lockstep-position': '3@here', baggage: 'lockstep-position=9@here' });
    expect(asked).toEqual([7, 3]);
    expect(await ask({ baggage: 'lockstep-position=9@elsewhere' })).toBe(409);
    expect(await ask({ baggage: 'lockstep-position' })).toBe(400);
    expect(await ask({ baggage: `x=${'y'.repeat(9_000)},lockstep-position=9@here` })).toBe(200);
    expect(await ask({ baggage: ',;=,=' })).toBe(200);
    expect(asked).toEqual([7, 3]);
  });

  it('ends when its client goes away', async () => {
    const url = new URL(await start());
    const socket = connect(Number(url.port), url.hostname);
    socket.write('POST /api/v1/people/slow HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n');
    await entered.opened;
    socket.destroy();
    const [request] = await spans(1);
    expect(request?.facts).toMatchObject({ 'error.type': 'http.client-gone' });
    expect(request?.facts).not.toHaveProperty(['http.response.status_code']);
  });
});
