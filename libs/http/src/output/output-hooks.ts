import { Inject, Injectable, Optional } from '@nestjs/common';
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  HookHandlerDoneFunction,
  RouteOptions,
} from 'fastify';
import { OutputCache, type ObtainedOutput } from '#libs/cache';
import { HttpConfig } from '#libs/config';
import { HealthRegistry } from '#libs/observability';
import { cacheStatus } from '../cache-status.js';
import { matchesEtag } from '../conditional-get.js';
import { CachedRoute } from './cached-route.js';
import type { FinishedAnswer, Sending } from './finished-answer.js';
import { isForAnybody, OutputFinisher } from './output-finisher.js';
import { OutputRebuilds } from './output-rebuilds.js';
import { OutputTask } from './output-task.js';

const MS_PER_SECOND = 1_000;

/**
 * The output cache of the routes with `@CachedOutput()`: a request is answered from memory, if that is
 * possible, before Nest sees it, and what a handler answers is finished and stored on its way out.
 */
@Injectable()
export class OutputHooks {
  /** Other hooks may have set headers before. */
  private readonly hasForeignHeaders: boolean;

  constructor(
    private readonly health: HealthRegistry,
    private readonly rebuilds: OutputRebuilds,
    private readonly finisher: OutputFinisher,
    { corsOrigins }: HttpConfig,
    @Optional()
    @Inject(OutputCache)
    private readonly cache: OutputCache<FinishedAnswer> | undefined,
  ) {
    this.hasForeignHeaders = corsOrigins.length > 0;
  }

  /** Must be called before the routes are registered. */
  install(instance: FastifyInstance): void {
    this.rebuilds.install(instance);
    instance.decorateRequest('lockstepOutput', null);
    instance.addHook('onRoute', (options) => {
      const output = options.config?.lockstepOutput;
      if (output !== undefined) this.installOn(options, new CachedRoute(options.url, output));
    });
  }

  private installOn(options: RouteOptions, route: CachedRoute): void {
    if (options.method !== 'GET' && options.method !== 'HEAD') {
      throw new TypeError(`${options.url}: only answers to GET are stored`);
    }
    options.onRequest = [
      ...[options.onRequest ?? []].flat(),
      (request, reply, done) => this.answer(route, request, reply, done),
    ];
    options.onSend = [
      async (request, reply, payload) => this.finisher.finish(route, request, reply, payload),
      ...[options.onSend ?? []].flat(),
    ];
  }

  private answer(
    route: CachedRoute,
    request: FastifyRequest,
    reply: FastifyReply,
    done: HookHandlerDoneFunction,
  ): void {
    const rebuild = this.rebuilds.begin(request);
    if (rebuild !== undefined) {
      request.lockstepOutput = { outcome: 'fwd=miss', rebuild };
      done();
      return;
    }
    const key = isForAnybody(request)
      ? route.keys.keyOf(request.raw.url ?? '', request)
      : undefined;
    if (key === undefined || this.cache === undefined) {
      request.lockstepOutput = { outcome: 'fwd=bypass' };
      done();
      return;
    }
    const task = new OutputTask(key, route, request, done, this.rebuilds);
    const answer = this.cache.peek(task);
    if (answer === undefined) this.obtain(this.cache, task, request, reply, done);
    else this.write(answer, request, reply);
  }

  private obtain(
    cache: OutputCache<FinishedAnswer>,
    task: OutputTask,
    request: FastifyRequest,
    reply: FastifyReply,
    done: HookHandlerDoneFunction,
  ): void {
    request.lockstepOutput = { outcome: 'fwd=miss', task };
    // What went wrong is answered by the handler.
    task.obtained = cache.obtain(task).catch(() => undefined);
    void task.obtained.then((obtained) => {
      if (task.building !== undefined) return;
      if (obtained === undefined) done();
      else this.write(obtained.answer, request, reply, sendingOf(obtained));
    });
  }

  /** Past the reply of Fastify, which would put together anew what is finished already. */
  private write(
    answer: FinishedAnswer,
    request: FastifyRequest,
    reply: FastifyReply,
    sending?: Pick<Sending, 'cacheStatus' | 'further'>,
  ): void {
    const isNotModified = matchesEtag(request.headers['if-none-match'], answer.etag);
    const isClosing = this.health.phase === 'draining';
    const further =
      isClosing || this.hasForeignHeaders
        ? {
            ...sending?.further,
            ...reply.getHeaders(),
            ...(isClosing ? { connection: 'close' } : {}),
          }
        : sending?.further;
    const head = answer.headFor({
      requestId: request.id,
      isNotModified,
      cacheStatus: sending?.cacheStatus,
      further,
    });
    reply.raw.writeHead(isNotModified ? 304 : 200, head);
    if (isNotModified || request.method === 'HEAD') reply.raw.end();
    else reply.raw.end(answer.body);
  }
}

function sendingOf({
  source,
  isStale,
  ageMs,
}: ObtainedOutput<FinishedAnswer>): Pick<Sending, 'cacheStatus' | 'further'> {
  const outcome = ({ hit: 'hit', miss: 'fwd=miss; collapsed', stale: 'fwd=stale' } as const)[
    source
  ];
  return {
    cacheStatus: cacheStatus({ outcome, isStale }),
    // What is not stale was confirmed just now, so for whoever stores it its age is zero.
    ...(isStale ? { further: { age: Math.floor(ageMs / MS_PER_SECOND) } } : {}),
  };
}
