import { Inject, Injectable, Optional } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { LimitName } from '#libs/config';
import { RequestLimits, type LimitVerdict } from '#libs/limits';
import { httpErrors } from '../errors/http.errors.js';
import { pathOf } from '../errors/problem.filter.js';
import { problemHeaders, problemOf } from '../errors/problem.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The kind of request that the route takes, where that is limited. */
    lockstepLimit?: LimitName;
  }
}

/** Whoever asks for what is not there asks for pages. */
const OF_NO_ROUTE: LimitName = 'reads';

/**
 * Refuses what a client asks too much of before anything else is done for it: no body is read, nothing is
 * awaited. What is sent ahead of the router costs less than counting and is not counted.
 */
@Injectable()
export class LimitHooks {
  constructor(
    @Optional() @Inject(RequestLimits) private readonly limits: RequestLimits | undefined,
  ) {}

  /** Must be called before the routes are registered, and before the hooks whose work it saves. */
  install(instance: FastifyInstance): void {
    const { limits } = this;
    if (limits === undefined) return;
    instance.addHook('onRoute', (options) => {
      const [method = ''] = [options.method].flat();
      const limit = limits.limitOf(method, options.url);
      if (limit !== undefined) options.config = { ...options.config, lockstepLimit: limit };
    });
    instance.addHook('onRequest', (request, reply, done) => {
      const { config } = request.routeOptions;
      const limit = request.is404 ? OF_NO_ROUTE : config.lockstepLimit;
      const verdict =
        limit === undefined
          ? undefined
          : limits.take(limit, { address: request.ip, credential: credentialOf(request) });
      if (verdict?.isAdmitted === false) {
        refuse(request, reply, verdict);
        return;
      }
      // An answer that is stored is the same for every client.
      if (verdict !== undefined && config.lockstepOutput === undefined) tell(reply, verdict);
      done();
    });
  }
}

function refuse(request: FastifyRequest, reply: FastifyReply, verdict: LimitVerdict): void {
  const error = httpErrors.tooManyRequests({ retryAfterSeconds: verdict.retryAfterS });
  tell(reply, verdict);
  void reply
    .code(error.status)
    .headers(problemHeaders(error))
    .send(JSON.stringify(problemOf(error, pathOf(request), request.id)));
}

function tell(reply: FastifyReply, { policy, state }: LimitVerdict): void {
  void reply.headers({ 'ratelimit-policy': policy, ratelimit: state });
}

function credentialOf({ headers }: FastifyRequest): string | undefined {
  const token = headers.authorization ?? headers['lockstep-cart-token'];
  return typeof token === 'string' ? token : undefined;
}
