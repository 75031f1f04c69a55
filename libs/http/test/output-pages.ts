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
import { z } from 'zod';
import { CacheModule, CoherentCache, textKey, type CachedReader } from '#libs/cache';
import { DatabaseModule } from '#libs/database';
import { ObservabilityModule } from '#libs/observability';
import { RedisModule } from '#libs/redis';
import { gate, type Gate } from '#libs/testing';
import { Public } from '../src/routes/access.js';
import { afterAnswer } from '../src/routes/after-answer.js';
import { CoherentHttpModule } from '../src/coherence/coherent-http.module.js';
import { HttpModule } from '../src/http.module.js';
import { CachedOutput } from '../src/output/cached-output.decorator.js';

/** What ran on the way to an answer. */
@Injectable()
export class Work {
  handlers = 0;
  guards = 0;
  validations = 0;
  /** What was noted of answers when clients had them. */
  readonly afterwards: string[] = [];
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

/** Of the one replica that a suite has. */
export const work = new Work();

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
    afterAnswer(() => work.afterwards.push(name));
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
    const { handlers } = work;
    afterAnswer(() => work.afterwards.push(`${name} ${handlers}`));
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

/** Pages that are stored. */
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
export class PagesModule {}
