import { Inject, Injectable, Optional } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OutputCache } from '#libs/cache';
import { RuntimeConfig } from '#libs/config';
import { CACHE_STATUS_HEADER, cacheStatus } from '../cache-status.js';
import { matchesEtag } from '../conditional-get.js';
import { standardHeaders } from '../standard-headers.js';
import type { CachedRoute } from './cached-route.js';
import { FinishedAnswer } from './finished-answer.js';
import { buildOf, type OutputState } from './output-state.js';

/** The answer to somebody who said who they are is kept by nobody but them. */
const PRIVATE = 'private, no-cache';

/** Makes finished answers of what handlers answer, hands them to the output cache, and sends them. */
@Injectable()
export class OutputFinisher {
  private readonly standard: Readonly<Record<string, string>>;

  constructor(
    runtime: RuntimeConfig,
    @Optional()
    @Inject(OutputCache)
    private readonly cache: OutputCache<FinishedAnswer> | undefined,
  ) {
    this.standard = standardHeaders(runtime.replicaId);
  }

  /** Answers what is to be sent as the body. */
  async finish(
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
      return payload;
    }
    const observer = request.lockstepReads;
    const answer = new FinishedAnswer({
      body,
      contentType: String(reply.getHeader('content-type')),
      tags: observer?.tags,
      cacheControl: isForAnybody(request) ? route.cacheControl : PRIVATE,
      standardHeaders: this.standard,
    });
    build?.answered(answer);
    const outcome = await this.outcomeOf(state, answer);
    void reply
      .headers(answer.headers)
      .header(CACHE_STATUS_HEADER, cacheStatus({ outcome, isStale: observer?.isStale ?? false }));
    if (!matchesEtag(request.headers['if-none-match'], answer.etag)) return payload;
    void reply.code(304).removeHeader('content-type').removeHeader('content-length');
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

/**
 * In memory of their own: small buffers are cut from shared ones, and one that is kept would keep all
 * that was cut beside it.
 */
function bytesOf(payload: unknown): Buffer | undefined {
  if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return undefined;
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(payload));
  if (typeof payload === 'string') bytes.write(payload);
  else payload.copy(bytes);
  return bytes;
}
