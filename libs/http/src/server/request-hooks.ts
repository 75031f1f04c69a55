import { Inject, Injectable, Optional } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RuntimeConfig } from '#libs/config';
import { runInContext, sampleEvenly, type RequestContext } from '#libs/kernel';
import { HealthRegistry, Logger, Metrics } from '#libs/observability';
import { installAfterAnswer } from '../routes/after-answer.js';
import { aroundHandlers } from '../routes/around-handlers.js';
import { httpMetrics } from '../http.metrics.js';
import {
  POSITION_GATE,
  POSITION_HEADER,
  REPLICA_HEADER,
  parsePosition,
  positionToken,
  type PositionGate,
} from '../coherence/position-gate.js';
import { pathOf } from '../errors/problem.filter.js';
import { RequestTracker } from './request-tracker.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** What `currentContext()` answers while this request is handled. */
    lockstepContext: RequestContext | null;
  }
}

/**
 * What surrounds every request: its context, the headers every answer carries, the position gate,
 * metrics and the count of requests under way.
 */
@Injectable()
export class RequestHooks {
  constructor(
    private readonly runtime: RuntimeConfig,
    private readonly health: HealthRegistry,
    private readonly metrics: Metrics,
    private readonly logger: Logger,
    private readonly tracker: RequestTracker,
    @Optional() @Inject(POSITION_GATE) private readonly gate: PositionGate | undefined,
  ) {}

  /** Must be called before the routes are registered. */
  install(instance: FastifyInstance): void {
    const { requests, duration } = this.metrics.register(httpMetrics, {
      inFlight: (gauge) => gauge.set(this.tracker.inFlight),
    });
    const { loggedRequests } = this.runtime;
    const isSampled = sampleEvenly(loggedRequests);
    instance.decorateRequest('lockstepContext', null);
    installAfterAnswer(instance);

    instance.addHook('onRequest', (request, reply, done) => {
      this.tracker.begin(reply.raw);
      request.lockstepContext = { requestId: request.id };
      const header = request.headers[POSITION_HEADER];
      if (header === undefined || request.is404) done();
      else this.catchUp(header, done);
    });
    // Not sooner: a request that is answered from memory needs no context.
    aroundHandlers(instance, (request, handle) =>
      runInContext(request.lockstepContext ?? { requestId: request.id }, handle),
    );
    instance.addHook('onSend', async (request, reply) => this.addHeaders(request, reply));
    instance.addHook('onResponse', async (request, reply) => {
      const method = request.method;
      // The template, not the path: labels must be few.
      const route = request.routeOptions.url ?? 'unmatched';
      requests.inc({ method, route, status: String(reply.statusCode) });
      duration.observe({ method, route }, reply.elapsedTime / 1000);
      const isError = reply.statusCode >= 500 && loggedRequests > 0;
      const isLogged = isSampled() || isError;
      if (isLogged || this.logger.isDebugEnabled()) {
        this.logAnswer(request, reply, isLogged ? 'info' : 'debug');
      }
    });
  }

  private logAnswer(request: FastifyRequest, reply: FastifyReply, level: 'info' | 'debug'): void {
    const fields = {
      requestId: request.id,
      method: request.method,
      path: pathOf(request),
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime),
    };
    this.logger[level](fields, 'request answered');
  }

  private catchUp(header: string | readonly string[], done: (error?: Error) => void): void {
    const { gate } = this;
    const caughtUp = async () => gate?.ensurePosition(parsePosition(header, gate));
    caughtUp().then(() => done(), done);
  }

  private addHeaders(request: FastifyRequest, reply: FastifyReply): void {
    void reply.headers({
      [REPLICA_HEADER]: this.runtime.replicaId,
      'x-request-id': request.id,
      'x-content-type-options': 'nosniff',
    });
    const position = request.lockstepContext?.position;
    if (position !== undefined && this.gate !== undefined) {
      void reply.header(POSITION_HEADER, positionToken(position, this.gate));
    }
    // Connections that stay open would keep sending to a replica that is about to go.
    if (this.health.phase === 'draining') void reply.header('connection', 'close');
  }
}
