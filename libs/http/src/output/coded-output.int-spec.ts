import { connect } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CoherentCache } from '#libs/cache';
import { describeOnEachDatabase, eventually } from '#libs/testing';
import { OutputWorld, type PageAnswer } from '../../test/output-world.js';
import { chooseCoding } from '../compression/accept-encoding.js';

const decompress = { br: brotliDecompressSync, gzip: gunzipSync } as const;

describeOnEachDatabase('a stored answer that is compressed', (open) => {
  let world: OutputWorld;

  beforeAll(async () => {
    world = await OutputWorld.start(open);
  });

  afterAll(() => world?.close());

  beforeEach(async () => {
    await world.reset();
    world.work.text = 'oak chair '.repeat(300);
  });

  const ask = (accepted: string, further = {}, method = 'GET'): Promise<PageAnswer> =>
    world.get('/api/v1/pages/plain/a', { 'accept-encoding': accepted, ...further }, method);
  const heldBytes = () => {
    const states = world.app.get(CoherentCache).readerStates();
    return states.find(({ name }) => name === 'output')?.bytes ?? 0;
  };

  it.each(['br', 'gzip'] as const)(
    'is the same with %s: built, held and asked for again',
    async (coding) => {
      const built = await ask(coding);
      const held = await ask(coding);
      const plain = await world.page('plain/a');
      expect(held.headers['cache-status']).toBe('lockstep; hit');
      expect(world.work.handlers).toBe(1);
      for (const { headers, bytes } of [built, held]) {
        expect(headers).toMatchObject({
          'content-encoding': coding,
          'content-length': String(bytes.byteLength),
          vary: 'Accept-Encoding',
          etag: `${String(plain.headers.etag).slice(0, -1)}-${coding}"`,
        });
        expect(decompress[coding](bytes).toString()).toBe(plain.body);
      }
      expect(plain.headers.vary).toBe('Accept-Encoding');
      expect(plain.headers).not.toHaveProperty('content-encoding');
      const head = await ask(coding, {}, 'HEAD');
      for (const name of ['content-encoding', 'content-length', 'etag', 'vary']) {
        expect([name, head.headers[name]]).toEqual([name, held.headers[name]]);
      }
    },
  );

  it('is sent ahead of the router once it is there', async () => {
    const routed = async () => {
      await eventually('no other request is under way', async () => {
        return (await world.metric('lockstep_http_requests_in_flight')) === 1;
      });
      return world.metric(
        'lockstep_http_request_duration_seconds_count',
        'method="GET"',
        'route="/api/v1/pages/plain/:name"',
      );
    };
    await ask('identity');
    await ask('br');
    const before = await routed();
    const hit = await ask('gzip;q=0.5, br');
    expect(hit.headers['content-encoding']).toBe('br');
    expect(await routed()).toBe(before);
  });

  it('answers 304 for the tag of the coding, and that of no other, before it is compressed', async () => {
    const etag = String((await world.page('plain/a')).headers.etag);
    const coded = `${etag.slice(0, -1)}-br"`;
    for (const known of [coded, `W/${coded}`, `"x", ${coded}`, '*']) {
      const answer = await ask('br', { 'if-none-match': known });
      expect([answer.status, answer.body, answer.headers.etag]).toEqual([304, '', coded]);
      expect(answer.headers.vary).toBe('Accept-Encoding');
      expect(answer.headers).not.toHaveProperty('content-encoding');
    }
    for (const [accepted, known] of [
      ['br', etag],
      ['gzip', coded],
      ['identity', coded],
    ] as const) {
      expect((await ask(accepted, { 'if-none-match': known })).status).toBe(200);
    }
    await world.invalidate('page:a');
    expect((await ask('br', { 'if-none-match': coded })).status).toBe(304);
  });

  it('counts among the bytes that are held, once for each coding', async () => {
    await world.page('plain/a');
    const plain = heldBytes();
    const br = await ask('br');
    const withOne = heldBytes();
    expect(withOne).toBeGreaterThanOrEqual(plain + br.bytes.byteLength);
    await Promise.all(Array.from({ length: 10 }, () => ask('br')));
    expect(heldBytes()).toBe(withOne);
    const gzip = await ask('gzip');
    expect(heldBytes()).toBeGreaterThanOrEqual(withOne + gzip.bytes.byteLength);
    world.app.get(CoherentCache).clearLocal();
    expect(heldBytes()).toBe(0);
  });

  it('is another one when something that was read for it changes', async () => {
    const before = await ask('br');
    world.work.text = 'ash table '.repeat(300);
    await world.invalidate('page:a');
    const after = await ask('br');
    expect(after.headers.etag).not.toBe(before.headers.etag);
    expect(brotliDecompressSync(after.bytes).toString()).toContain('ash table');
  });

  it('is sent as it is when it is small, unless the client does not take that', async () => {
    world.work.text = 'short';
    const small = await ask('br, gzip');
    expect([small.headers['content-encoding'], small.headers.vary]).toEqual([
      undefined,
      'Accept-Encoding',
    ]);
    const forced = await ask('gzip, identity;q=0');
    expect(gunzipSync(forced.bytes).toString()).toBe(small.body);
  });

  it('is compressed for somebody who says who they are as well, and for an answer of their own', async () => {
    const bypass = await ask('br', { authorization: 'Bearer x' });
    expect(bypass.headers).toMatchObject({
      'content-encoding': 'br',
      'cache-control': 'private, no-cache',
      'cache-status': 'lockstep; fwd=bypass',
    });
    const own = await world.page('own/a', { 'accept-encoding': 'gzip' });
    expect(own.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(own.bytes).toString()).toContain('oak chair');
  });

  it('is what any client can read, however it asks', async () => {
    const plain = (await world.page('plain/a')).body;
    const response = await fetch(`http://127.0.0.1:${world.port}/api/v1/pages/plain/a`);
    expect(await response.text()).toBe(plain);
    const element = fc.oneof(
      fc.constantFrom('br', 'gzip', 'identity', '*', 'deflate', 'br;q=0', 'identity;q=0', '*;q=0'),
      fc.stringMatching(/^[!-~ ]{0,12}$/),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(element, { maxLength: 5 }), async (elements) => {
        const { status, headers, bytes } = await ask(elements.join(','));
        const coding = headers['content-encoding'] as 'br' | 'gzip' | undefined;
        expect([status, coding]).toEqual([200, chooseCoding(elements.join(',').trim()).coding]);
        const text = coding === undefined ? bytes : decompress[coding](bytes);
        expect(text.toString()).toBe(plain);
      }),
      { numRuns: 100 },
    );
  });

  it('is whole on a connection that asks for one after the other', async () => {
    await ask('br');
    const accepted = ['br', 'identity', 'gzip', 'br'];
    const socket = connect(world.port, '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    for (const coding of accepted) {
      socket.write(
        `GET /api/v1/pages/plain/a HTTP/1.1\r\nhost: x\r\naccept-encoding: ${coding}\r\n\r\n`,
      );
    }
    const codings = () => {
      const text = Buffer.concat(chunks).toString('latin1');
      return [...text.matchAll(/HTTP\/1\.1 200 OK\r\n([^]*?)\r\n\r\n/g)].map(
        ([, head = '']) => /content-encoding: (\w+)/.exec(head)?.[1] ?? 'identity',
      );
    };
    await eventually('four answers', () => codings().length === accepted.length);
    expect(codings()).toEqual(accepted);
    socket.destroy();
  });
});
