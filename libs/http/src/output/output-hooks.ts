import { Inject, Injectable, Optional } from '@nestjs/common';
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  HookHandlerDoneFunction,
  RouteOptions,
} from 'fastify';
import { OutputCache, type ObtainedOutput } from '#libs/cache';
import { HealthRegistry } from '#libs/observability';
import { cacheStatus } from '../cache-status.js';
import { matchesEtag } from '../conditional-get.js';
import { CachedRoute } from './cached-route.js';
import { ForeignHeaders } from './foreign-headers.js';
import type { FinishedAnswer, Sending } from './finished-answer.js';
import { KnownRequests, MAX_URL_LENGTH, type KnownRequest } from './known-requests.js';
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
  constructor(
    private readonly health: HealthRegistry,
    private readonly rebuilds: OutputRebuilds,
    private readonly finisher: OutputFinisher,
    private readonly known: KnownRequests,
    private readonly foreign: ForeignHeaders,
    @Optional()
    @Inject(OutputCache)
    private readonly cache: OutputCache<FinishedAnswer> | undefined,
  ) {}

  /** Must be called before the routes are registered. */
  install(instance: FastifyInstance): void {
    this.rebuilds.install(instance);
    instance.decorateRequest('lockstepOutput', null);
    instance.addHook('onRoute', (options) => {
      const output = options.config?.lockstepOutput;
      if (output === undefined) return;
      const route = new CachedRoute(options.url, output);
      this.known.routes.push(route);
      this.installOn(options, route);
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
    const known = isForAnybody(request) ? this.identify(route, request) : undefined;
    if (known === undefined || this.cache === undefined) {
      request.lockstepOutput = { outcome: 'fwd=bypass' };
      done();
      return;
    }
    this.foreign.note(request.headers.origin, reply.getHeaders());
    const task = new OutputTask(known, request, done, this.rebuilds);
    this.obtain(this.cache, task, request, reply, done);
  }

  /** undefined: the answer to this request is not stored. */
  private identify(route: CachedRoute, request: FastifyRequest): KnownRequest | undefined {
    const url = request.raw.url ?? '';
    if (url.length > MAX_URL_LENGTH) return undefined;
    const known = this.known.find(url);
    if (known !== undefined) return known;
    const id = route.keys.keyOf(request);
    if (id === undefined) return undefined;
    const fresh = { id, route };
    this.known.remember(url, fresh);
    return fresh;
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

  private write(
    answer: FinishedAnswer,
    request: FastifyRequest,
    reply: FastifyReply,
    { cacheStatus: status, further }: Pick<Sending, 'cacheStatus' | 'further'>,
  ): void {
    const closing = this.health.phase === 'draining' ? { connection: 'close' } : {};
    answer.sendTo(reply.raw, {
      requestId: request.id,
      isNotModified: matchesEtag(request.headers['if-none-match'], answer.etag),
      isBodyless: request.method === 'HEAD',
      cacheStatus: status,
      further: { ...further, ...reply.getHeaders(), ...closing },
    });
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
