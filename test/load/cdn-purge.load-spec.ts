import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadConfig } from '#libs/config';
import { eventually } from '#libs/testing';
import { PurgeClient } from '../../libs/cdn/src/purging/purge-client.js';
import { anyFreePort } from '../../tools/fleet/free-port.js';

const VARNISHD = process.env['LOCKSTEP_VARNISHD'] ?? 'varnishd';
const MODULES = process.env['LOCKSTEP_VARNISH_MODULES'];
const isAbsent = spawnSync(VARNISHD, ['-V']).error !== undefined;
const reason = `no ${VARNISHD} on the PATH, nor in LOCKSTEP_VARNISHD`;
if (isAbsent) process.stdout.write(`\nVarnish is skipped: ${reason}\n`);
const describeIfThere = isAbsent ? describe.skip : describe;

const TAGS: Readonly<Record<string, string>> = {
  '/a': 'product:1 prices:1.5',
  '/b': 'product:10 x%2Cy',
};

describeIfThere.each(['varnish-ban', 'varnish-xkey'] as const)(
  '%s on a real Varnish',
  (provider) => {
    let folder: string;
    let origin: Server;
    let varnish: ChildProcess;
    let client: PurgeClient;
    let url: string;

    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'lockstep-varnish-'));
      const port = await anyFreePort();
      let count = 0;
      origin = createServer((request, response) => {
        response.setHeader('cache-control', 'public, max-age=0, s-maxage=600');
        response.setHeader('surrogate-key', TAGS[request.url ?? ''] ?? '');
        response.end(String((count += 1)));
      });
      await new Promise<void>((resolve) => origin.listen(port, '127.0.0.1', resolve));
      const file = join(folder, 'default.vcl');
      const shipped = readFileSync(
        `docker/varnish/${provider.slice('varnish-'.length)}.vcl`,
        'utf8',
      );
      writeFileSync(
        file,
        shipped.replace('"loadbalancer"', '"127.0.0.1"').replace('"8080"', `"${port}"`),
      );
      url = `http://127.0.0.1:${await anyFreePort()}`;
      varnish = spawn(VARNISHD, [
        ...[
          '-F',
          '-f',
          file,
          '-a',
          new URL(url).host,
          '-n',
          join(folder, 'work'),
          '-s',
          'malloc,16m',
        ],
        ...(MODULES === undefined ? [] : ['-p', `vmod_path=${MODULES}`]),
      ]);
      const env = { REDIS_URL: 'redis://127.0.0.1:1', CDN_PROVIDER: provider, CDN_PURGE_URL: url };
      client = new PurgeClient(url, loadConfig(env, 'authoring').cdn.purging!);
      await eventually('Varnish to answer', () => fetch(url).then(({ ok }) => ok), {
        withinMs: 60_000,
      });
    });

    afterEach(async () => {
      varnish.kill('SIGTERM');
      await new Promise((resolve) => varnish.once('exit', resolve));
      origin.closeAllConnections();
      await new Promise((resolve) => origin.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    });

    const isHit = async (path: string) =>
      (await fetch(url + path)).headers.get('x-cache') === 'hit';

    it('takes what is made of a tag, and nothing else, and everything', async () => {
      const { signal } = new AbortController();
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
  },
);
