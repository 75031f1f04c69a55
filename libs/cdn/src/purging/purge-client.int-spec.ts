import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadConfig } from '#libs/config';
import { SharedCacheStandIn } from '../../test/shared-cache-stand-in.js';
import { PurgeClient } from './purge-client.js';

const PROVIDERS = ['fastly', 'cloudflare', 'varnish-xkey', 'varnish-ban', 'webhook'] as const;
const AWKWARD = ['slug:main/a b', 'slug:main/a,b', 'slug:main/größe', 'a.b', 'a*', 'x|y', 'a%b'];

describe.each(PROVIDERS)('purges of %s', (provider) => {
  let cache: SharedCacheStandIn;
  const running = new AbortController();

  beforeEach(async () => {
    cache = await SharedCacheStandIn.start(provider);
  });
  afterEach(() => cache.stop());

  const client = (env: Readonly<Record<string, string>> = {}) => {
    const { purging } = loadConfig(
      { REDIS_URL: 'redis://127.0.0.1:1', ...cache.env, CDN_PURGE_TIMEOUT_MS: '30000', ...env },
      'authoring',
    ).cdn;
    return new PurgeClient(cache.url, purging!);
  };

  it('take what is made of a tag, and nothing else', async () => {
    cache.keep('one', ['product:1', 'prices:1']);
    cache.keep('ten', ['product:10', 'prices:10']);
    cache.keep('list', ['prices:1', 'store-products:main']);
    await client().purge(['prices:1'], running.signal);
    expect(cache.names).toEqual(['ten']);
    await client().purge(['product:1', 'roduct:10', 'product:100'], running.signal);
    expect(cache.names).toEqual(['ten']);
  });

  it('take each of the tags that have characters of their own', async () => {
    for (const tag of AWKWARD) {
      for (const kept of AWKWARD) cache.keep(kept, ['other', kept, 'more']);
      cache.keep('axb', ['axb']);
      await client().purge([tag], running.signal);
      expect(cache.names).toEqual([...AWKWARD, 'axb'].filter((name) => name !== tag).sort());
    }
  });

  it('take everything', async () => {
    cache.keep('one', ['product:1']);
    cache.keep('two', ['product:2']);
    await client().purge(undefined, running.signal);
    expect(cache.names).toEqual([]);
  });

  it('take more tags than go into one request, however long they are', async () => {
    const tags = Array.from(
      { length: 700 },
      (_unused, index) => `slug:main/${'ö'.repeat(index % 90)}${index}`,
    );
    tags.forEach((tag) => cache.keep(tag, [tag]));
    cache.keep('other', ['other']);
    await client().purge(tags, running.signal);
    expect(cache.names).toEqual(['other']);
    const lengths = cache.received.map(({ headers }) => JSON.stringify(headers).length);
    expect(Math.max(...lengths)).toBeLessThan(8_192);
  });

  it('fail without the key, and tell nobody what it is', async () => {
    cache.keep('one', ['product:1']);
    const failure = await client({ CDN_PURGE_TOKEN: 'another-key' })
      .purge(['product:1'], running.signal)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'cdn.purge-failed', details: { reason: '403' } });
    expect(JSON.stringify([failure, String(failure), (failure as Error).stack])).not.toMatch(
      /another-key|purge-key/,
    );
    expect(cache.names).toEqual(['one']);
  });

  it.each<[string, SharedCacheStandIn['trouble'][number], object]>([
    [
      'refused for now',
      (response) => void response.writeHead(429, { 'retry-after': '7' }).end(),
      { details: { reason: '429' }, retryAfterSeconds: 7 },
    ],
    ['broken', (response) => void response.writeHead(503).end(), { details: { reason: '503' } }],
    ['cut', (response) => void response.destroy(), { code: 'cdn.purge-failed' }],
    [
      'sent elsewhere',
      (response) => void response.writeHead(307, { location: '/elsewhere' }).end(),
      { details: { reason: '307' } },
    ],
  ])('fail when they are %s', async (_, trouble, expected) => {
    cache.trouble = [trouble];
    await expect(client().purge(['product:1'], running.signal)).rejects.toMatchObject(expected);
    expect(cache.received).toHaveLength(1);
  });

  // A cache of its own for each: a request that is given up may still arrive, and would take the next one's trouble.
  it.each<[string, SharedCacheStandIn['trouble'][number]]>([
    ['no answer comes', () => undefined],
    ['only half of one comes', (response) => void response.writeHead(200).write('{')],
  ])('are given up when %s', async (_, trouble) => {
    cache.trouble = [trouble];
    await expect(
      client({ CDN_PURGE_TIMEOUT_MS: '100' }).purge(['product:1'], running.signal),
    ).rejects.toMatchObject({ details: { reason: 'TimeoutError' } });
  });
});

describe('purges of cloudflare', () => {
  it('fail when the answer says so with a status of success', async () => {
    const cache = await SharedCacheStandIn.start('cloudflare');
    cache.trouble = [
      (response) => void response.writeHead(200).end('{"success":false,"errors":[{"code":1}]}'),
      (response) => void response.writeHead(200).end('<html>'),
    ];
    const { purging } = loadConfig(
      { REDIS_URL: 'redis://127.0.0.1:1', ...cache.env },
      'authoring',
    ).cdn;
    const client = new PurgeClient(cache.url, purging!);
    for (let time = 1; time <= 2; time += 1) {
      await expect(client.purge(['a'], new AbortController().signal)).rejects.toMatchObject({
        code: 'cdn.purge-failed',
      });
    }
    await cache.stop();
  });
});
