import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadConfig } from '#libs/config';
import { PurgeClient } from '../../libs/cdn/src/purging/purge-client.js';
import { anyFreePort } from '../../tools/fleet/free-port.js';
import { Varnish, whyNoVarnish } from './varnish/varnish.js';

const reason = whyNoVarnish();
if (reason !== undefined) process.stdout.write(`\nVarnish is skipped: ${reason}\n`);
const describeIfThere = reason === undefined ? describe : describe.skip;

const TAGS: Readonly<Record<string, string>> = {
  '/a': 'product:1 prices:1.5',
  '/b': 'product:10 x%2Cy',
};

describeIfThere.each(['varnish-ban', 'varnish-xkey'] as const)(
  '%s on a real Varnish',
  (provider) => {
    let origin: Server;
    let varnish: Varnish;
    let client: PurgeClient;
    const { signal } = new AbortController();

    beforeEach(async () => {
      const [originPort, port] = [await anyFreePort(), await anyFreePort()];
      let count = 0;
      origin = createServer((request, response) => {
        response.setHeader('cache-control', 'public, max-age=0, s-maxage=600');
        response.setHeader('surrogate-key', TAGS[request.url ?? ''] ?? '');
        response.end(String((count += 1)));
      });
      await new Promise<void>((resolve) => origin.listen(originPort, '127.0.0.1', resolve));
      varnish = await Varnish.start({ provider, port, originPort });
      client = clientFor(provider);
    });

    afterEach(async () => {
      await varnish.stop();
      origin.closeAllConnections();
      await new Promise((resolve) => origin.close(resolve));
    });

    const clientFor = (name: string) => {
      const env = {
        REDIS_URL: 'redis://127.0.0.1:1',
        CDN_PROVIDER: name,
        CDN_PURGE_URL: varnish.url,
      };
      return new PurgeClient(varnish.url, loadConfig(env, 'authoring').cdn.purging!);
    };
    const isHit = async (path: string) =>
      (await fetch(varnish.url + path)).headers.get('x-cache') === 'hit';

    it('takes what is made of a tag, and nothing else, and everything', async () => {
      for (const [tags, a, b] of [
        [['product:1'], false, true],
        [['prices:1.5'], false, true],
        [['prices:1x5', 'roduct:1'], true, true],
        [['x,y'], true, false],
        [undefined, false, false],
      ] as const) {
        await Promise.all(['/a', '/b'].map((path) => isHit(path)));
        await client.purge(tags, signal);
        expect([tags, await isHit('/a'), await isHit('/b')]).toEqual([tags, a, b]);
      }
    });

    it('confirms no ban that it does not take', async () => {
      const headers = { 'lockstep-ban': '(' };
      expect((await fetch(varnish.url, { method: 'PURGE', headers })).status).toBe(400);
    });

    it('confirms no purge that is meant for the other file', async () => {
      const other = clientFor(provider === 'varnish-ban' ? 'varnish-xkey' : 'varnish-ban');
      await expect(other.purge(['product:1'], signal)).rejects.toMatchObject({
        code: 'cdn.purge-failed',
        details: { reason: '400' },
      });
    });
  },
);
