import { afterAll, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { connect } from 'node:net';
import { CacheStatus } from '#libs/cache';
import { newId } from '#libs/kernel';
import { HealthRegistry, Logger, ReplicaLoad } from '#libs/observability';
import { describeOnEachDatabase, eventually } from '#libs/testing';
import { OutputWorld } from '../../test/output-world.js';
import { positionToken } from '../coherence/position-gate.js';
import { RequestTracker } from '../server/request-tracker.js';
import { OutputFront } from './output-front.js';

const ROUTE = 'route="/api/v1/pages/plain/:name"';

/** How many requests the router saw so far: it measures how long what it answers takes. */
async function routed(world: OutputWorld): Promise<number> {
  // A client may have its answer before the server has counted it.
  await eventually('no other request is under way', async () => {
    return (await world.metric('lockstep_http_requests_in_flight')) === 1;
  });
  return world.metric('lockstep_http_request_duration_seconds_count', 'method="GET"', ROUTE);
}

describeOnEachDatabase('an answer that is sent ahead of the router', (open) => {
  let world: OutputWorld;

  beforeAll(async () => {
    world = await OutputWorld.start(open);
  });

  afterAll(() => world?.close());

  beforeEach(() => world.reset());

  it('is that of a request which was asked before, and is counted', async () => {
    await world.page('plain/a');
    const before = await routed(world);
    const counted = (code: number) =>
      world.metric('lockstep_http_requests_total', 'method="GET"', ROUTE, `status="${code}"`);
    const [full, notModified] = [await counted(200), await counted(304)];
    const { headers } = await world.page('plain/a');
    await world.page('plain/a', { 'if-none-match': String(headers.etag) });
    expect(await routed(world)).toBe(before);
    expect(await counted(200)).toBe(full + 1);
    expect(await counted(304)).toBe(notModified + 1);
    expect(await counted(304)).toBe(notModified + 1);
  });

  it('is part of the load of its replica, before and after the metrics are read', async () => {
    await world.page('plain/a');
    const front = world.app.get(OutputFront);
    const before = front.sentAhead;
    await world.page('plain/a');
    expect(front.sentAhead).toBe(before + 1);
    await routed(world);
    expect(front.sentAhead).toBe(before + 1);
    const tracker = world.app.get(RequestTracker);
    await eventually('nothing is under way', () => tracker.inFlight === 0);
    const load = world.app.get(ReplicaLoad);
    load.snapshot();
    await world.page('plain/a');
    const measured = load.snapshot();
    expect(measured.requestsPerSecond).toBeGreaterThan(0);
    // No router has seen it, so nothing was measured one by one.
    expect(measured.p99Ms).toBe(0);
    expect(load.snapshot().requestsPerSecond).toBe(0);
  });

  it('is sent by the same code when requests are logged one by one', async () => {
    const logger = world.app.get(Logger);
    const enabled = jest.spyOn(logger, 'isDebugEnabled').mockReturnValue(true);
    const debug = jest.spyOn(logger, 'debug');
    try {
      await world.page('plain/a');
      const before = await routed(world);
      await world.page('plain/a');
      expect(await routed(world)).toBe(before);
      expect(debug.mock.calls).toContainEqual([
        { method: 'GET', path: '/api/v1/pages/plain/a', status: 200 },
        'sent ahead',
      ]);
    } finally {
      enabled.mockRestore();
      debug.mockRestore();
    }
  });

  it('has an id of its own, or that of its caller', async () => {
    await world.page('plain/a');
    const [one, other] = [await world.page('plain/a'), await world.page('plain/a')];
    expect(one.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}-[0-9a-z]+$/);
    expect(one.headers['x-request-id']).not.toBe(other.headers['x-request-id']);
    const given = await world.page('plain/a', { 'x-request-id': 'edge-7' });
    expect(given.headers['x-request-id']).toBe('edge-7');
    expect(
      (await world.page('plain/a', { 'x-request-id': 'a b' })).headers['x-request-id'],
    ).toMatch(/^[0-9a-f-]{36}-/);
  });

  it('is not older than the position its caller has seen', async () => {
    await world.page('plain/a');
    const position = await world.invalidate('something else');
    const before = await routed(world);
    await eventually('the position is reached', () => {
      return world.app.get(CacheStatus).snapshot().position >= position;
    });
    const seen = await world.page('plain/a', { 'lockstep-position': world.token(position) });
    expect([seen.status, await routed(world)]).toEqual([200, before]);
    const unknown = await world.page('plain/a', {
      'lockstep-position': world.token(position + 1_000),
    });
    expect([unknown.status, unknown.body]).toEqual([
      409,
      expect.stringContaining('cache.position-unknown'),
    ]);
    // The same number, seen in another database.
    const foreign = await world.page('plain/a', {
      'lockstep-position': positionToken(position, { installation: newId() }),
    });
    expect([foreign.status, foreign.body]).toEqual([
      409,
      expect.stringContaining('cache.position-unknown'),
    ]);
    const wrong = await world.page('plain/a', { 'lockstep-position': String(position) });
    expect([wrong.status, wrong.body]).toEqual([
      400,
      expect.stringContaining('http.invalid-position'),
    ]);
  });

  it('is under way until a slow client has taken it, so that a stop waits for it', async () => {
    await world.page('large/a');
    const tracker = world.app.get(RequestTracker);
    await eventually('nothing is under way', () => tracker.inFlight === 0);
    const socket = connect(world.port, '127.0.0.1');
    socket.pause();
    socket.write('GET /api/v1/pages/large/a HTTP/1.1\r\nhost: x\r\n\r\n');
    await eventually('the answer is on its way', () => tracker.inFlight === 1);
    expect(world.work.handlers).toBe(1);
    socket.resume();
    await eventually('the answer was taken', () => tracker.inFlight === 0);
    socket.destroy();
  });

  it('keeps its place among the answers of a connection', async () => {
    await world.page('plain/a');
    const paths = ['plain/a', 'plain/new?size=5', 'plain/a', 'plain/a?size=99'];
    const socket = connect(world.port, '127.0.0.1');
    let received = '';
    socket.on('data', (chunk: Buffer) => (received += chunk.toString()));
    for (const path of paths) socket.write(`GET /api/v1/pages/${path} HTTP/1.1\r\nhost: x\r\n\r\n`);
    await eventually('four answers', () => received.split('HTTP/1.1 ').length === 5);
    const answers = received.split('HTTP/1.1 ').slice(1);
    expect(answers.map((answer) => answer.slice(0, 3))).toEqual(['200', '200', '200', '400']);
    expect(answers.map((answer) => /"name":"(\w+)"/.exec(answer)?.[1])).toEqual([
      'a',
      'new',
      'a',
      undefined,
    ]);
    socket.destroy();
  });

  // Last: there is no way back.
  it('leaves the requests of a replica that is about to go to those who close connections', async () => {
    await world.page('plain/a');
    expect((await world.page('plain/a')).headers.connection).not.toBe('close');
    world.app.get(HealthRegistry).markDraining();
    const answer = await world.page('plain/a');
    expect([answer.status, answer.headers.connection]).toEqual([200, 'close']);
    expect(answer.headers['cache-status']).toBe('lockstep; hit');
  });
});

describeOnEachDatabase('an answer that is sent ahead of the router to another origin', (open) => {
  let world: OutputWorld;

  beforeAll(async () => {
    world = await OutputWorld.start(open, {
      CORS_ORIGINS: 'https://shop.example,https://app.example',
    });
  });

  afterAll(() => world?.close());

  it('may be read by the origins that are allowed, and by no other', async () => {
    for (const origin of ['https://shop.example', 'https://app.example', 'https://evil.example']) {
      await world.page('plain/a', { origin });
      const before = await routed(world);
      const { headers } = await world.page('plain/a', { origin });
      const isAllowed = origin !== 'https://evil.example';
      expect(headers['access-control-allow-origin']).toBe(isAllowed ? origin : undefined);
      expect(headers.vary).toBe('Accept-Encoding, Origin');
      expect(headers['cache-status']).toBe('lockstep; hit');
      // What anybody can make up is not remembered.
      expect(await routed(world)).toBe(before + (isAllowed ? 0 : 1));
    }
    await world.page('plain/a');
    const before = await routed(world);
    const { headers } = await world.page('plain/a');
    expect([headers.vary, await routed(world)]).toEqual(['Accept-Encoding, Origin', before]);
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });
});
