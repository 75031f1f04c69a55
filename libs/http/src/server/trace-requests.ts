import type { IncomingHttpHeaders, IncomingMessage, Server } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { TracingConfig } from '#libs/config';
import { runInTrace, type TraceFacts } from '#libs/kernel';
import type { OpenTrace, TraceBeginning, Tracing } from '#libs/observability';
import { aroundHandlers } from '../routes/around-handlers.js';
import { OPERATIONAL_PATHS } from '../health/health.controller.js';
import { POSITION_HEADER } from '../coherence/position-gate.js';

declare module 'fastify' {
  interface FastifyRequest {
    lockstepTrace: OpenTrace | null;
  }
}

/** The member of W3C Baggage that says what the request must not be older than, as Lockstep-Position does. */
export const POSITION_MEMBER = 'lockstep-position';
const UNTRACED = new Set(OPERATIONAL_PATHS.map((path) => `/${path}`));
/** What W3C allows all of it to be. */
const MAX_BAGGAGE_LENGTH = 8_192;

/**
 * Begins a trace with every request that the router sees, or goes on with that of its caller. Of the address
 * only the template of the route is told: paths and queries hold what people are known by. Does nothing
 * when nothing is traced. Must be called before the routes are registered, and before other handlers are wrapped.
 */
export function traceRequests(
  instance: FastifyInstance,
  tracing: Tracing,
  { continuesCallers }: TracingConfig,
): void {
  if (!tracing.isOn) return;
  instance.decorateRequest('lockstepTrace', null);
  instance.addHook('onRequest', (request, reply, done) => {
    if (UNTRACED.has(request.routeOptions.url ?? '')) return done();
    const open = tracing.begin(beginningOf(request, continuesCallers));
    if (open === undefined) return done();
    request.lockstepTrace = open;
    const end = () => open.end(answerFacts(reply.statusCode, reply.raw.writableFinished));
    reply.raw.once('finish', end);
    // Its client went before it was answered.
    reply.raw.once('close', end);
    // What the hooks after this one do belongs to the request as well.
    runInTrace(open.trace, done);
  });
  aroundHandlers(instance, (request, handle) => {
    const open = request.lockstepTrace;
    return open === null ? handle() : runInTrace(open.trace, handle);
  });
}

/**
 * Lets the position in the baggage of a trusted caller count like the header: a service between a shopper and
 * Lockstep passes baggage on by itself, so that what it asks for is never older than what the shopper has seen.
 * Must be called after everything else that listens to the server.
 */
export function readBaggage(server: Server, tracing: Tracing, config: TracingConfig): void {
  if (!tracing.isOn || !config.continuesCallers) return;
  server.prependListener('request', ({ headers }: IncomingMessage) => {
    if (headers[POSITION_HEADER] !== undefined) return;
    const position = positionIn(headers);
    if (position !== undefined) headers[POSITION_HEADER] = position;
  });
}

function positionIn({ baggage }: IncomingHttpHeaders): string | undefined {
  if (typeof baggage !== 'string' || baggage.length > MAX_BAGGAGE_LENGTH) return undefined;
  for (const member of baggage.split(',')) {
    const [name = '', value = ''] = (member.split(';', 1)[0] ?? '').split('=', 2);
    if (name.trim() !== POSITION_MEMBER) continue;
    // Encoded or not: `@` is allowed as it is, and some encode it.
    return value.trim().replace(/%40/g, '@');
  }
  return undefined;
}

function beginningOf(request: FastifyRequest, continuesCallers: boolean): TraceBeginning {
  const route = request.routeOptions.url ?? 'unmatched';
  const { traceparent } = request.headers;
  const given = typeof traceparent === 'string' ? traceparent : undefined;
  return {
    name: `${request.method} ${route}`,
    kind: 'server',
    ...(continuesCallers ? { continues: given } : { mentions: given }),
    facts: {
      'http.request.method': request.method,
      'http.route': route,
    },
  };
}

function answerFacts(status: number, isAnswered: boolean): TraceFacts {
  return isAnswered
    ? { 'http.response.status_code': status }
    : { 'error.type': 'http.client-gone' };
}
