import {
  Controller,
  Get,
  Header,
  HttpCode,
  Injectable,
  Module,
  Param,
  Query,
  type CanActivate,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { CacheModule, CacheStatus, CoherentCache, textKey, type CachedReader } from '#libs/cache';
import { loadConfig, type Environment } from '#libs/config';
import { DatabaseModule, UnitOfWork } from '#libs/database';
import { HealthRegistry, ObservabilityModule } from '#libs/observability';
import { RedisModule } from '#libs/redis';
import {
  eventually,
  gate,
  startRedis,
  type Gate,
  type RedisFixture,
  type DatabaseFixture,
  type OpenDatabaseFixture,
} from '#libs/testing';
import { CoherentHttpModule } from '../src/coherent-http.module.js';
import { POSITION_GATE, positionToken, type PositionGate } from '../src/position-gate.js';
import { HttpModule } from '../src/http.module.js';
import { CachedOutput } from '../src/output/cached-output.decorator.js';
import { createReplicaApp } from '../src/replica-app.js';
import { Public } from '../src/access.js';

/** What ran on the way to an answer. */
@Injectable()
class Work {
  handlers = 0;
  guards = 0;
  validations = 0;
  /** What the pages say. */
  text = 'one';
  isFailing = false;
  /** Loads what `loaded` and `asked` show. */
  load: (name: string, signal: AbortSignal) => Promise<object> = (name) =>
    Promise.resolve({ name });
  /** Happens between the two texts of `pair`. */
  between: () => Promise<unknown> = () => Promise.resolve();
  /** Handlers of `slow` wait for it. */
  release: Gate = gate();
  /** Opens when a handler of `slow` has begun. */
  entered: Gate = gate();

  get all(): number {
    return this.handlers + this.guards + this.validations;
  }
}

const work = new Work();

const pageQuery = z
  .strictObject({ size: z.coerce.number().int().max(9).default(1), q: z.string().optional() })
  .refine(() => (work.validations += 1) > 0);

@Injectable()
class CountingGuard implements CanActivate {
  canActivate(): boolean {
    work.guards += 1;
    return true;
  }
}

@Public()
@Controller('pages')
class PageController {
  private readonly texts: CachedReader<string, { readonly text: string }>;
  private readonly loads: CachedReader<string, object>;

  constructor(cache: CoherentCache) {
    this.loads = cache.reader<string, object>({
      name: 'test.load',
      key: textKey,
      load: (name, { signal }) => work.load(name, signal),
      ttlMs: 600_000,
      loadTimeoutMs: 3_600_000,
    });
    this.texts = cache.reader<string, { readonly text: string }>({
      name: 'test.text',
      key: textKey,
      tags: (name) => [`page:${name}`],
      load: (_name, context) => {
        context.tag('every page');
        return Promise.resolve({ text: work.text });
      },
      ttlMs: 600_000,
    });
  }

  @Get('plain/:name')
  @CachedOutput()
  async plain(
    @Param('name') name: string,
    @Query({ schema: pageQuery }) query: z.infer<typeof pageQuery>,
  ): Promise<object> {
    work.handlers += 1;
    if (work.isFailing) throw new Error('broken');
    return { name, ...query, ...(await this.texts.get(name)) };
  }

  /** Expires at once; is served for an hour while it is built anew. */
  @Get('revalidated/:name')
  @CachedOutput({ freshSeconds: 0.001, staleWhileRevalidateSeconds: 3_600 })
  revalidated(@Param('name') name: string): object {
    return this.current(name);
  }

  /** Expires at once; is served for an hour because it cannot be built anew. */
  @Get('kept/:name')
  @CachedOutput({ freshSeconds: 0.001, staleWhileRevalidateSeconds: 0, staleIfErrorSeconds: 3_600 })
  kept(@Param('name') name: string): object {
    return this.current(name);
  }

  /** Expires at once, and for good. */
  @Get('brief/:name')
  @CachedOutput({ freshSeconds: 0.001, staleWhileRevalidateSeconds: 0, staleIfErrorSeconds: 0 })
  brief(@Param('name') name: string): object {
    return this.current(name);
  }

  @Get('slow/:name')
  @CachedOutput()
  async slow(@Param('name') name: string): Promise<object> {
    work.handlers += 1;
    const text = await this.texts.get(name);
    work.entered.open();
    await work.release.opened;
    return { name, ...text };
  }

  /** Two texts, one after the other. */
  @Get('pair/:name')
  @CachedOutput()
  async pair(@Param('name') name: string): Promise<object> {
    work.handlers += 1;
    const first = await this.texts.get(name);
    await work.between();
    return { first, second: await this.texts.get(`${name}2`) };
  }

  @Get('loaded/:name')
  @CachedOutput()
  async loaded(@Param('name') name: string): Promise<object> {
    work.handlers += 1;
    return { of: await this.loads.get(name) };
  }

  /** The same without an output cache. */
  @Get('asked/:name')
  async asked(@Param('name') name: string): Promise<object> {
    return this.loaded(name);
  }

  /** More than the buffers of a connection take. */
  @Get('large/:name')
  @CachedOutput()
  large(@Param('name') name: string): object {
    work.handlers += 1;
    return { name, text: 'x'.repeat(24_000_000) };
  }

  @Get('own/:name')
  @CachedOutput()
  @Header('cache-control', 'private, max-age=5')
  own(@Param('name') name: string): object {
    return this.current(name);
  }

  /** No 200, although nothing has failed. */
  @Get('accepted/:name')
  @CachedOutput()
  @HttpCode(202)
  accepted(@Param('name') name: string): object {
    return this.current(name);
  }

  private current(name: string): object {
    work.handlers += 1;
    if (work.isFailing) throw new Error('broken');
    return { name, text: work.text };
  }
}

@Module({
  imports: [
    ObservabilityModule,
    RedisModule,
    DatabaseModule.forRoot({ isMigrating: true }),
    CacheModule,
    HttpModule,
    CoherentHttpModule,
  ],
  controllers: [PageController],
  providers: [{ provide: APP_GUARD, useClass: CountingGuard }],
})
class PagesModule {}

export interface PageAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Of the bytes as they came. */
  readonly body: string;
  readonly bytes: Buffer;
}

/** One replica with pages that are stored, listening, and what ran in it. */
export class OutputWorld {
  readonly work = work;

  private constructor(
    readonly app: NestFastifyApplication,
    readonly port: number,
    private readonly redis: RedisFixture,
    private readonly database: DatabaseFixture,
  ) {}

  static async start(
    open: OpenDatabaseFixture,
    environment: Environment = {},
  ): Promise<OutputWorld> {
    const [redis, database] = await Promise.all([startRedis(), open()]);
    const config = loadConfig(
      {
        REDIS_URL: redis.url,
        DATABASE_URL: database.url,
        REPLICA_ID: 'c1',
        LOG_LEVEL: 'silent',
        SHUTDOWN_TIMEOUT_MS: '5000',
        // A verification builds an answer apart, which would count as work.
        CACHE_VERIFY_PER_SECOND: '0',
        ...environment,
      },
      'commerce',
    );
    const app = await createReplicaApp(config, { module: PagesModule });
    await app.listen({ port: 0, host: '127.0.0.1' });
    app.get(HealthRegistry).markServing();
    const { port } = app.getHttpServer().address() as AddressInfo;
    await eventually('the log is followed', () => {
      return app.get(CacheStatus).snapshot().leaseAgeMs !== undefined;
    });
    return new OutputWorld(app, port, redis, database);
  }

  /** As if nothing had been asked before. */
  async reset(): Promise<void> {
    this.app.get(CoherentCache).clearLocal();
    Object.assign(this.work, new Work());
    this.work.release.open();
    await this.get('/health/live');
  }

  /** Through a socket, as a client does: what is answered ahead of the router is seen only there. */
  get(
    path: string,
    headers: Readonly<Record<string, string>> = {},
    method = 'GET',
  ): Promise<PageAnswer> {
    return new Promise((resolve, reject) => {
      const sent = request({ port: this.port, host: '127.0.0.1', path, method, headers });
      sent.once('error', reject);
      sent.once('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          const bytes = Buffer.concat(chunks);
          const { statusCode: status = 0, headers: received } = response;
          resolve({ status, headers: received, body: bytes.toString(), bytes });
        });
      });
      sent.end();
    });
  }

  page(path: string, headers: Readonly<Record<string, string>> = {}): Promise<PageAnswer> {
    return this.get(`/api/v1/pages/${path}`, headers);
  }

  /** What a client sends to say that it has seen a position. */
  token(position: number): string {
    return positionToken(position, this.app.get<PositionGate>(POSITION_GATE));
  }

  /** Commits an invalidation; answers its position. */
  async invalidate(...tags: string[]): Promise<number> {
    let position = 0;
    const unitOfWork = this.app.get(UnitOfWork);
    const stop = unitOfWork.onCommit((commit) => (position = commit.position ?? 0));
    await unitOfWork.run((tx) => Promise.resolve(tx.invalidate(...tags)));
    stop();
    return position;
  }

  /** The value of a metric that has these labels, 0 when there is none. */
  async metric(name: string, ...labels: string[]): Promise<number> {
    const { body } = await this.get('/metrics');
    const line = body
      .split('\n')
      .find((each) => each.startsWith(name) && labels.every((label) => each.includes(label)));
    return line === undefined ? 0 : Number(line.slice(line.lastIndexOf(' ') + 1));
  }

  async close(): Promise<void> {
    this.work.release.open();
    await this.app.close();
    await this.redis.stop();
    await this.database.remove();
  }
}
