import { randomBytes } from 'node:crypto';
import { request as requestOf, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  Controller,
  Get,
  Header,
  Module,
  Patch,
  Post,
  Req,
  Res,
  StreamableFile,
} from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { loadConfig } from '#libs/config';
import { ObservabilityModule } from '#libs/observability';
import { Public } from '../routes/access.js';
import { etagOfBody, sendRepresentation } from '../coherence/conditional-get.js';
import { HttpModule } from '../http.module.js';
import { createReplicaApp } from '../server/replica-app.js';
import { IfMatch, VersionedAnswer } from '../routes/version-etag.js';

const LONG = 'oak chair '.repeat(500);

function brokenOffAfter(chunks: number): StreamableFile {
  const content = async function* (): AsyncGenerator<Buffer> {
    for (let chunk = 0; chunk < chunks; chunk += 1)
      yield await Promise.resolve(randomBytes(65_536));
    throw new Error('broken off');
  };
  return new StreamableFile(Readable.from(content()), { type: 'text/csv' });
}

@Public()
@Controller('things')
class ThingController {
  @Get('long')
  @VersionedAnswer()
  long(): object {
    return { version: 7, text: LONG };
  }

  @Get('short')
  short(): object {
    return { text: 'short' };
  }

  @Patch('long')
  change(@IfMatch() version: number): object {
    return { version };
  }

  @Post('token')
  @Header('Cache-Control', 'no-store')
  token(): object {
    return { token: LONG };
  }

  @Get('export')
  export(): StreamableFile {
    const lines = Array.from({ length: 500 }, (_, row) => `${row},oak chair\n`);
    return new StreamableFile(Readable.from(lines), { type: 'text/csv; charset=utf-8' });
  }

  @Get('broken')
  broken(): StreamableFile {
    return brokenOffAfter(1);
  }

  /** When much has been sent. */
  @Get('broken-late')
  brokenLate(): StreamableFile {
    return brokenOffAfter(50);
  }

  @Get('picture')
  picture(@Req() request: FastifyRequest, @Res() reply: FastifyReply): FastifyReply {
    return this.send(request, reply, 'image/png');
  }

  @Get('drawing')
  drawing(@Req() request: FastifyRequest, @Res() reply: FastifyReply): FastifyReply {
    return this.send(request, reply, 'image/svg+xml');
  }

  private send(request: FastifyRequest, reply: FastifyReply, contentType: string): FastifyReply {
    return sendRepresentation(request, reply, { body: LONG, contentType, etag: etagOfBody(LONG) });
  }
}

@Module({ imports: [ObservabilityModule, HttpModule], controllers: [ThingController] })
class ThingsModule {}

interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

describe('answers that are not stored', () => {
  let app: NestFastifyApplication;
  let port: number;

  beforeAll(async () => {
    const config = loadConfig(
      {
        REDIS_URL: 'redis://127.0.0.1:1',
        REPLICA_ID: 'c1',
        LOG_LEVEL: 'silent',
        CORS_ORIGINS: 'https://shop.example',
      },
      'authoring',
    );
    app = await createReplicaApp(config, { module: ThingsModule });
    await app.listen(0, '127.0.0.1');
    port = (app.getHttpServer().address() as AddressInfo).port;
  });

  afterAll(() => app.close());

  function ask(
    path: string,
    headers: Readonly<Record<string, string>> = {},
    method = 'GET',
  ): Promise<Received> {
    return new Promise((resolve, reject) => {
      const sent = requestOf(
        { port, path: `/api/v1/things/${path}`, method, headers },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.once('error', reject);
          response.once('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(chunks),
            }),
          );
        },
      );
      sent.once('error', reject);
      sent.end();
    });
  }

  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)('are compressed with %s', async (coding, decompress) => {
    const plain = await ask('long');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect([plain.headers.vary, plain.headers.etag]).toEqual(['Origin, Accept-Encoding', '"7"']);
    const coded = await ask('long', { 'accept-encoding': coding });
    expect(coded.headers).toMatchObject({
      'content-encoding': coding,
      'content-length': String(coded.body.byteLength),
      vary: 'Origin, Accept-Encoding',
      etag: `"7-${coding}"`,
    });
    expect(decompress(coded.body)).toEqual(plain.body);
    expect(coded.body.byteLength).toBeLessThan(plain.body.byteLength / 10);
    const head = await ask('long', { 'accept-encoding': coding }, 'HEAD');
    for (const name of ['content-encoding', 'content-length', 'vary', 'etag']) {
      expect([name, head.headers[name]]).toEqual([name, coded.headers[name]]);
    }
  });

  it('are changed by their tag, whatever they were coded with', async () => {
    for (const accepted of ['br', 'gzip', 'identity']) {
      const { headers } = await ask('long', { 'accept-encoding': accepted });
      const changed = await ask('long', { 'if-match': String(headers.etag) }, 'PATCH');
      expect(JSON.parse(changed.body.toString())).toEqual({ version: 7 });
    }
  });

  it('are compressed while they are streamed, or cut off with what they are made of', async () => {
    const plain = await ask('export');
    const coded = await ask('export', { 'accept-encoding': 'gzip' });
    expect(coded.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(coded.body)).toEqual(plain.body);
    const head = await ask('export', { 'accept-encoding': 'gzip' }, 'HEAD');
    expect(head.headers['content-encoding']).toBe('gzip');
    const early = await ask('broken', { 'accept-encoding': 'gzip' });
    expect([early.status, early.headers['content-encoding']]).toEqual([500, undefined]);
    await expect(ask('broken-late', { 'accept-encoding': 'gzip' })).rejects.toThrow('aborted');
  });

  it('are sent as they are when they are small, coded already, or hold a secret', async () => {
    for (const [path, method, vary] of [
      ['short', 'GET', 'Origin, Accept-Encoding'],
      ['picture', 'GET', 'Origin'],
      ['token', 'POST', 'Origin'],
    ] as const) {
      const { headers } = await ask(path, { 'accept-encoding': 'br, gzip' }, method);
      expect([path, headers['content-encoding'], headers.vary]).toEqual([path, undefined, vary]);
    }
    const forced = await ask('short', { 'accept-encoding': 'gzip, identity;q=0' });
    expect(gunzipSync(forced.body).toString()).toBe('{"text":"short"}');
  });

  it('are known again by the tag of the coding', async () => {
    const accepted = { 'accept-encoding': 'br' };
    const { headers } = await ask('drawing', accepted);
    const etag = String(headers.etag);
    expect(etag).toMatch(/-br"$/);
    const known = await ask('drawing', { ...accepted, 'if-none-match': etag });
    expect([known.status, known.headers.etag, known.headers.vary, known.body.length]).toEqual([
      304,
      etag,
      'Origin, Accept-Encoding',
      0,
    ]);
    const other = await ask('drawing', { 'accept-encoding': 'gzip', 'if-none-match': etag });
    expect([other.status, other.headers['content-encoding']]).toEqual([200, 'gzip']);
  });

  it('are read by clients that know nothing of it', async () => {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/things/long`);
    expect(response.headers.get('content-encoding')).toMatch(/^(br|gzip)$/);
    expect(await response.json()).toEqual({ version: 7, text: LONG });
  });
});
