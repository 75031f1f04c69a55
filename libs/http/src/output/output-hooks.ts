import { Inject, Injectable, Optional } from '@nestjs/common';
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  HookHandlerDoneFunction,
  RouteOptions,
} from 'fastify';
import { OutputCache, type ObtainedOutput } from '#libs/cache';
import { tagHeaderFor, type TagHeader } from '#libs/cdn';
import { CdnConfig, RuntimeConfig } from '#libs/config';
import { HealthRegistry } from '#libs/observability';
import { CACHE_STATUS_HEADER, cacheStatus } from '../coherence/cache-status.js';
import { clientGone } from '../server/client-presence.js';
import { codedPayload, variesByCoding } from '../compression/coded-payload.js';
import { matchesEtag } from '../coherence/conditional-get.js';
import { standardHeaders } from '../server/standard-headers.js';
import { CachedRoute } from './cached-route.js';
import { FinishedAnswer, ownMemory, type AnswerForm, type Sending } from './finished-answer.js';
import { KnownRequests, MAX_URL_LENGTH, type KnownRequest } from './known-requests.js';
import { buildOf, OutputBuilds, OutputTask, type OutputState } from './output-builds.js';

const MS_PER_SECOND = 1_000;
/** The answer to a client that said who it is: no other client or cache may keep it. */
const PRIVATE = 'private, no-cache';

/**
 * The output cache of the routes with `@CachedOutput()`: a request is answered from memory, if that is
 * possible, before Nest sees it, and what a handler answers is finished and stored on its way out.
 */
@Injectable()
export class OutputHooks {
  private readonly standard: Readonly<Record<string, string>>;
  private readonly tagHeader: TagHeader;

  constructor(
    runtime: RuntimeConfig,
    private readonly cdn: CdnConfig,
    private readonly health: HealthRegistry,
    private readonly builds: OutputBuilds,
    private readonly known: KnownRequests,
    @Optional()
    @Inject(OutputCache)
    private readonly cache: OutputCache<FinishedAnswer> | undefined,
  ) {
    this.standard = standardHeaders(runtime.replicaId);
    this.tagHeader = tagHeaderFor(cdn.provider);
  }

  /** Must be called before the routes are registered. */
  install(instance: FastifyInstance): void {
    this.builds.install(instance);
    instance.decorateRequest('lockstepOutput', null);
    instance.addHook('onRoute', (options) => {
      const output = options.config?.lockstepOutput;
      if (output === undefined) return;
      const route = new CachedRoute(options.url, output, this.cdn);
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
      async (request, reply, payload) => this.finish(route, request, reply, payload),
      ...[options.onSend ?? []].flat(),
    ];
  }

  private answer(
    route: CachedRoute,
    request: FastifyRequest,
    reply: FastifyReply,
    done: HookHandlerDoneFunction,
  ): void {
    const rebuild = this.builds.begin(request);
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
    this.known.noteForeign(request.headers.origin, reply.getHeaders());
    const task = new OutputTask(
      known,
      done,
      () => this.builds.rebuild(request.raw.url ?? ''),
      () => clientGone(request),
    );
    this.obtain(this.cache, task, request, reply, done);
  }

  /** undefined: the answer to this request is not stored. */
  private identify(route: CachedRoute, request: FastifyRequest): KnownRequest | undefined {
    const url = request.raw.url ?? '';
    if (url.length > MAX_URL_LENGTH) return undefined;
    const known = this.known.find(url);
    if (known !== undefined) return known;
    const id = route.keyOf(request);
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
      else void this.write(task, obtained, request, reply);
    });
  }

  private async write(
    task: OutputTask,
    obtained: ObtainedOutput<FinishedAnswer>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const form = await this.formFor(obtained.answer, request, task);
    const { cacheStatus: status, isStale, further } = sendingOf(obtained);
    const closing = this.health.phase === 'draining' ? { connection: 'close' } : {};
    form.sendTo(reply.raw, {
      requestId: request.id,
      isNotModified: matchesEtag(request.headers['if-none-match'], form.etag),
      cacheStatus: status,
      isStale,
      further: { ...further, ...reply.getHeaders(), ...closing },
    });
  }

  /** A client that has the answer needs no body. What is compressed for one is kept for all. */
  private async formFor(
    answer: FinishedAnswer,
    { headers }: FastifyRequest,
    task: OutputTask | undefined,
  ): Promise<AnswerForm> {
    const form = answer.formFor(headers['accept-encoding']);
    if (form.body !== undefined || matchesEtag(headers['if-none-match'], form.etag)) return form;
    const made = await answer.madeFormFor(headers['accept-encoding']);
    if (task !== undefined) this.cache?.reweigh(task);
    return made;
  }

  /** Answers what is to be sent as the body. */
  private async finish(
    route: CachedRoute,
    request: FastifyRequest,
    reply: FastifyReply,
    payload: unknown,
  ): Promise<unknown> {
    const state = request.lockstepOutput;
    if (state === null) return payload;
    const build = buildOf(request);
    const body = reply.statusCode === 200 && !isPersonal(reply) ? bytesOf(payload) : undefined;
    if (body === undefined) {
      if (reply.statusCode >= 500) build?.failed(reply.statusCode);
      else build?.answered(undefined);
      void reply.header(CACHE_STATUS_HEADER, cacheStatus(state));
      return codedPayload(request, reply, payload);
    }
    const observer = request.lockstepReads;
    const answer = new FinishedAnswer({
      body,
      contentType: String(reply.getHeader('content-type')),
      tags: observer?.tags,
      isStale: observer?.isStale ?? false,
      tagHeader: this.tagHeader,
      cacheControl: isForAnybody(request) ? route.cacheControl : PRIVATE,
      standardHeaders: this.standard,
    });
    build?.answered(answer);
    const outcome = await this.outcomeOf(state, answer);
    const form = await this.formFor(answer, request, state.task);
    const { vary, ...headers } = form.headers;
    if (vary !== undefined) variesByCoding(reply);
    void reply
      .headers(headers)
      .header(CACHE_STATUS_HEADER, cacheStatus({ outcome, isStale: observer?.isStale ?? false }));
    if (!matchesEtag(request.headers['if-none-match'], form.etag)) return form.body;
    for (const name of ['content-type', 'content-encoding', 'content-length']) {
      reply.removeHeader(name);
    }
    void reply.code(304);
    return null;
  }

  /** Only when the building has ended is it known whether something overtook it. */
  private async outcomeOf(
    { task, outcome }: OutputState,
    answer: FinishedAnswer,
  ): Promise<OutputState['outcome']> {
    if (task?.building === undefined || this.cache === undefined) return outcome;
    await task.obtained;
    return this.cache.isStored(task, answer) ? 'fwd=miss; stored' : outcome;
  }
}

function sendingOf({
  source,
  isStale,
  ageMs,
}: ObtainedOutput<FinishedAnswer>): Pick<Sending, 'cacheStatus' | 'isStale' | 'further'> {
  const outcome = ({ hit: 'hit', miss: 'fwd=miss; collapsed', stale: 'fwd=stale' } as const)[
    source
  ];
  return {
    cacheStatus: cacheStatus({ outcome, isStale }),
    isStale,
    // What is not stale was confirmed just now, so its age is zero for a cache that stores it.
    ...(isStale ? { further: { age: Math.floor(ageMs / MS_PER_SECOND) } } : {}),
  };
}

/** An answer may be shared only when nothing in the request says who asks. */
export function isForAnybody({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  return headers.authorization === undefined && headers.cookie === undefined;
}

/** The handler says itself who may keep its answer. */
function isPersonal(reply: FastifyReply): boolean {
  return (
    reply.getHeader('cache-control') !== undefined || reply.getHeader('set-cookie') !== undefined
  );
}

function bytesOf(payload: unknown): Buffer | undefined {
  return typeof payload === 'string' || Buffer.isBuffer(payload) ? ownMemory(payload) : undefined;
}
