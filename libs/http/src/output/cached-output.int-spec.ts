import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { describeOnEachDatabase, eventually, gate } from '#libs/testing';
import { OutputWorld, type PageAnswer } from '../../test/output-world.js';

const status = ({ headers }: PageAnswer) => headers['cache-status'];

describeOnEachDatabase('a route whose answers are stored', (open) => {
  let world: OutputWorld;

  beforeAll(async () => {
    world = await OutputWorld.start(open);
  });

  afterAll(() => world?.close());

  beforeEach(() => world.reset());

  it('answers again without running anything, with the same bytes', async () => {
    const first = await world.page('plain/a?size=2');
    expect([first.status, status(first)]).toEqual([200, 'lockstep; fwd=miss; stored']);
    const before = world.work.all;
    const second = await world.page('plain/a?size=2');
    expect([second.status, status(second)]).toEqual([200, 'lockstep; hit']);
    expect(second.body).toBe(first.body);
    expect(world.work.all).toBe(before);
    for (const name of ['etag', 'content-type', 'cache-control', 'surrogate-key']) {
      expect(second.headers[name]).toBe(first.headers[name]);
    }
  });

  it('says who may keep it, for how long, and what it is made of', async () => {
    await world.page('plain/a');
    const { headers } = await world.page('plain/a');
    expect(headers['cache-control']).toBe(
      'public, max-age=0, s-maxage=5, stale-while-revalidate=30, stale-if-error=600',
    );
    expect(String(headers['surrogate-key']).split(' ').sort()).toEqual(['every%20page', 'page:a']);
    expect(headers.etag).toMatch(/^"[\w-]{27}"$/);
    expect(headers.vary).toBe('Accept-Encoding');
    expect(headers['lockstep-replica']).toBe('c1');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('answers 304 to whoever has it, from memory and from the handler', async () => {
    const { headers } = await world.page('plain/a');
    const etag = String(headers.etag);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const hit = await world.page('plain/a', { 'if-none-match': known });
      expect([hit.status, hit.body, hit.headers.etag]).toEqual([304, '', etag]);
      expect(hit.headers).not.toHaveProperty('content-type');
      expect(status(hit)).toBe('lockstep; hit');
    }
    await world.invalidate('page:a');
    const built = await world.page('plain/a', { 'if-none-match': etag });
    expect([built.status, status(built)]).toEqual([304, 'lockstep; fwd=miss; stored']);
    expect((await world.page('plain/a', { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('is void when something that was read for it changes', async () => {
    await world.page('plain/a');
    await world.page('plain/b');
    world.work.text = 'two';
    await world.invalidate('page:a');
    const [a, b] = [await world.page('plain/a'), await world.page('plain/b')];
    expect([a.body, status(a)]).toEqual([
      '{"name":"a","size":1,"text":"two"}',
      'lockstep; fwd=miss; stored',
    ]);
    expect([b.body, status(b)]).toEqual(['{"name":"b","size":1,"text":"one"}', 'lockstep; hit']);
    world.work.text = 'three';
    await world.invalidate('every page');
    expect((await world.page('plain/b')).body).toContain('three');
  });

  it('is run again when a change comes between what it is made of', async () => {
    const changes = ['two', 'three'];
    world.work.between = async () => {
      const next = changes.shift();
      if (next === undefined) return;
      world.work.text = next;
      await world.invalidate('page:a', 'page:a2');
    };
    const asked: Record<string, string>[] = [{}, { authorization: 'Bearer x' }];
    for (const headers of asked) {
      changes.splice(0, 2, 'two', 'three');
      const { body, headers: told } = await world.page('pair/a', headers);
      const isStored = headers['authorization'] === undefined;
      expect(told['cache-status']).toBe(
        isStored ? 'lockstep; fwd=miss; stored' : 'lockstep; fwd=bypass',
      );
      expect(body).toBe('{"first":{"text":"three"},"second":{"text":"three"}}');
    }
    expect(world.work.handlers).toBe(6);
    await eventually('both clients have their answers', () => world.work.afterwards.length > 1);
    expect(world.work.afterwards).toEqual(['a 3', 'a 6']);
    expect(await world.metric('lockstep_cache_whole_answers', 'repeated')).toBeGreaterThan(3);
  });

  it('is refused when a change comes between what it is made of each time', async () => {
    world.work.between = () => world.invalidate('page:a', 'page:a2');
    const { status: code, headers, body } = await world.page('pair/a');
    expect([code, headers['retry-after']]).toEqual([503, '1']);
    expect(world.work.afterwards).toEqual([]);
    expect(body).toContain('cache.answer-overtaken');
  });

  it('is told apart by what the handler is given, however that is written', async () => {
    await world.page('plain/a?size=3&q=x');
    for (const same of ['plain/a?q=x&size=3', 'plain/a?size=03&q=x', 'plain/%61?q=x&size=3']) {
      const answer = await world.page(same);
      expect([same, status(answer), answer.headers.etag]).toEqual([
        same,
        'lockstep; hit',
        expect.any(String),
      ]);
    }
    expect(world.work.handlers).toBe(1);
    for (const other of ['plain/a?size=3', 'plain/b?size=3&q=x', 'plain/a?size=3&q=X']) {
      expect(status(await world.page(other))).toBe('lockstep; fwd=miss; stored');
    }
  });

  it('is never shared with, or taken from, somebody who says who they are', async () => {
    await world.page('plain/a');
    for (const [name, value] of [
      ['authorization', 'Bearer x'],
      ['cookie', 'session=1'],
    ] as const) {
      const before = world.work.handlers;
      const answer = await world.page('plain/a', { [name]: value });
      expect([answer.status, status(answer)]).toEqual([200, 'lockstep; fwd=bypass']);
      expect(answer.headers['cache-control']).toBe('private, no-cache');
      expect(world.work.handlers).toBe(before + 1);
    }
  });

  it('is not stored when the handler says who may keep it, or when it is no 200', async () => {
    for (let time = 1; time <= 2; time += 1) {
      const own = await world.page('own/a');
      expect(own.headers['cache-control']).toBe('private, max-age=5');
      expect(status(own)).not.toContain('hit');
      expect(world.work.handlers).toBe(time);
    }
    for (let time = 3; time <= 4; time += 1) {
      const accepted = await world.page('accepted/a');
      expect([accepted.status, world.work.handlers]).toEqual([202, time]);
    }
    world.work.isFailing = true;
    expect((await world.page('plain/a')).status).toBe(500);
    world.work.isFailing = false;
    const mended = await world.page('plain/a');
    expect([mended.status, status(mended)]).toEqual([200, 'lockstep; fwd=miss; stored']);
    expect((await world.page('plain/a?size=10')).status).toBe(400);
    expect((await world.page('plain/a?size=10')).status).toBe(400);
  });

  it('is built once for all who ask at the same time', async () => {
    world.work.release = gate();
    const first = world.page('slow/a');
    await world.work.entered.opened;
    const others = [1, 2, 3].map(() => world.page('slow/a'));
    await eventually('all of them wait', async () => {
      return (await world.metric('lockstep_http_requests_in_flight')) >= 5;
    });
    world.work.release.open();
    expect(status(await first)).toBe('lockstep; fwd=miss; stored');
    for (const other of await Promise.all(others)) {
      expect(status(other)).toBe('lockstep; fwd=miss; collapsed');
    }
    expect(world.work.handlers).toBe(1);
  });

  it('is made again, and stored as that, when a change overtakes it', async () => {
    world.work.release = gate();
    const overtaken = world.page('slow/a');
    await world.work.entered.opened;
    world.work.text = 'two';
    await world.invalidate('page:a');
    world.work.release.open();
    expect(status(await overtaken)).toBe('lockstep; fwd=miss; stored');
    expect((await overtaken).body).toContain('two');
    expect(status(await world.page('slow/a'))).toBe('lockstep; hit');
    expect(world.work.handlers).toBe(2);
  });

  it('is served expired, and says so, while it is built anew', async () => {
    await world.page('revalidated/a');
    world.work.text = 'two';
    const stale = await eventually('it has expired', async () => {
      const answer = await world.page('revalidated/a');
      return status(answer) === 'lockstep; hit; stale' ? answer : undefined;
    });
    expect(stale.headers.age).toMatch(/^\d+$/);
    expect(stale.headers['cache-control']).toBe('public, max-age=0, must-revalidate');
    await eventually('it was built anew', async () => {
      return (await world.page('revalidated/a')).body.includes('two');
    });
    // Nobody asked for what was built anew.
    await eventually('the one who did has an answer', () => world.work.afterwards.length > 0);
    expect(world.work.afterwards).toEqual(['a']);
  });

  it('is served expired, and says so, because it cannot be built anew', async () => {
    await world.page('kept/a');
    world.work.isFailing = true;
    await eventually('it has expired', async () => {
      const answer = await world.page('kept/a');
      expect([answer.status, answer.body]).toEqual([200, '{"name":"a","text":"one"}']);
      return status(answer) === 'lockstep; hit; stale';
    });
  });

  it('is not served when the time for that is over', async () => {
    await world.page('brief/a');
    world.work.isFailing = true;
    await eventually('it has expired', async () => (await world.page('brief/a')).status === 500);
  });

  it('answers HEAD with the headers alone', async () => {
    const full = await world.page('plain/a');
    const head = await world.get('/api/v1/pages/plain/a', {}, 'HEAD');
    expect([head.status, head.body, status(head)]).toEqual([200, '', 'lockstep; hit']);
    expect(head.headers['content-length']).toBe(String(Buffer.byteLength(full.body)));
    expect(head.headers.etag).toBe(full.headers.etag);
  });
});
