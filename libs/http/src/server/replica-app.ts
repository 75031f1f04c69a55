import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ConfigModule, HttpConfig, RuntimeConfig, TracingConfig, type Config } from '#libs/config';
import { Logger, Metrics, NestLogger, ReplicaLoad, Tracing } from '#libs/observability';
import { assertEveryRouteDeclaresAccess } from '../routes/access.js';
import { CacheStatusHooks } from '../coherence/cache-status.hooks.js';
import { compressAnswers } from '../compression/coded-payload.js';
import { crossOriginHeaders, enableCrossOrigin } from './cross-origin.js';
import { OPERATIONAL_PATHS } from '../health/health.controller.js';
import { LimitHooks } from '../limits/limit-hooks.js';
import { measureLoad } from './measure-load.js';
import { httpErrors } from '../errors/http.errors.js';
import { normalizeError } from '../errors/normalize-error.js';
import { serveOpenApi } from '../open-api/open-api.js';
import { answerOptions } from './options-requests.js';
import { OutputFront } from '../output/output-front.js';
import { OutputHooks } from '../output/output-hooks.js';
import { REPLICA_HEADER } from '../coherence/position-gate.js';
import { problemHeaders, problemOf } from '../errors/problem.js';
import { RequestIds } from './request-id.js';
import { RequestHooks } from './request-hooks.js';
import { RouteTable } from '../routes/route-table.js';
import { SlowBodies } from './slow-bodies.js';
import { refuseUnreadable } from '../errors/socket-problems.js';
import { readBaggage, traceRequests } from './trace-requests.js';

export const API_PREFIX = 'api/v1';
/** Pictures and the like: named by the data, so their addresses outlive a version of the API. */
const MEDIA_PATHS = 'media/*path';
/** For the head of a request; how long its body may take is the business of {@link SlowBodies}. */
const HEADERS_TIMEOUT_MS = 15_000;

export interface ReplicaAppOptions {
  /** Imports HttpModule, ObservabilityModule and what the role is made of; the configuration is added here. */
  readonly module: Type<unknown>;
  /** Whether routes take `multipart/form-data`, bounded by UPLOAD_LIMIT_BYTES. */
  readonly uploads?: boolean;
  /** Runs before the application is initialised, for instance to set its WebSocket adapter. */
  readonly configure?: (app: NestFastifyApplication) => void | Promise<void>;
}

/** The application of a replica: complete, initialised, not listening. Rejects when it cannot be built. */
export async function createReplicaApp(
  config: Config,
  options: ReplicaAppOptions,
): Promise<NestFastifyApplication> {
  const root = {
    module: ReplicaRoot,
    imports: [ConfigModule.forConfig(config), options.module],
  };
  const app = await NestFactory.create<NestFastifyApplication>(
    root,
    createAdapter(config, options.uploads ?? false),
    { abortOnError: false, bodyParser: false, bufferLogs: true },
  );
  configureHttp(app);
  await options.configure?.(app);
  assertEveryRouteDeclaresAccess(app);
  return app.init();
}

/** Fastify as every replica uses it. */
export function createAdapter(config: Config, uploads: boolean): FastifyAdapter {
  const { bodyLimitBytes, trustedProxies } = config.http;
  const requestIds = new RequestIds();
  return new FastifyAdapter({
    bodyLimit: bodyLimitBytes,
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    genReqId: (request: IncomingMessage) => requestIds.of(request),
    requestIdHeader: false,
    // No Nest middleware is used: the plugin that runs it would cost every request.
    skipMiddie: true,
    multipart: uploads ? { limits: uploadLimits(config.http) } : false,
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
      sendFrameworkError(error, request, reply, config),
    clientErrorHandler: (error: Error, socket: Socket) =>
      refuseUnreadable(error, socket, config.runtime.replicaId),
    http: {
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: HEADERS_TIMEOUT_MS / 3,
      // Anything else (h2c, for one) is an offer that need not be taken up (RFC 9110 7.8): the request is answered as it is.
      shouldUpgradeCallback: ({ headers }: IncomingMessage) =>
        headers.upgrade?.toLowerCase() === 'websocket',
    },
  });
}

/**
 * Gives an application what the module system cannot: hooks around every request, the version prefix, CORS,
 * the strict content type, the API document. Call it once, before `init`.
 */
export function configureHttp(app: NestFastifyApplication): void {
  const instance = app.getHttpAdapter().getInstance();
  app.useLogger(new NestLogger(app.get(Logger)));
  app.get(RouteTable).observe(instance);
  traceRequests(instance, app.get(Tracing), app.get(TracingConfig));
  // Before whatever costs more than to refuse.
  app.get(LimitHooks).install(instance);
  app.get(RequestHooks).install(instance);
  app.get(CacheStatusHooks).install(instance);
  app.get(OutputHooks).install(instance);
  compressAnswers(instance);
  app.get(OutputFront).install(app.getHttpServer(), app.get(Metrics), app.get(Logger));
  readBaggage(app.getHttpServer(), app.get(Tracing), app.get(TracingConfig));
  measureLoad(instance, app.get(ReplicaLoad), app.get(OutputFront));
  app.get(SlowBodies).install(instance);
  answerOptions(instance, app.get(RouteTable));
  readJson(instance);
  // JSON (and multipart where enabled) is all that is understood; Fastify would take plain text as well.
  instance.removeContentTypeParser('text/plain');
  app.setGlobalPrefix(API_PREFIX, { exclude: [...OPERATIONAL_PATHS, MEDIA_PATHS] });
  enableCrossOrigin(app);
  serveOpenApi(app, app.get(RuntimeConfig).role);
}

/** The root of the module graph of a process. */
class ReplicaRoot {}

/**
 * Many clients name the content type whether or not they send a body; nothing is then what they send. What is not
 * UTF-8 is refused (RFC 8259 8.1): read all the same, letters of a name would be lost without a word.
 */
function readJson(instance: FastifyInstance): void {
  const parse = instance.getDefaultJsonParser('error', 'error');
  instance.decorateRequest('lockstepRawBody', null);
  instance.removeContentTypeParser('application/json');
  instance.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer' },
    (request, bytes, done) => {
      if (!isUtf8(bytes)) {
        done(httpErrors.malformedJson({ message: 'The body is not UTF-8' }), undefined);
        return;
      }
      const body = bytes.toString();
      if (request.routeOptions.config.lockstepRawBody === true) request.lockstepRawBody = body;
      if (body === '') done(null, undefined);
      else void parse(request, body, done);
    },
  );
}

function uploadLimits({ uploadLimitBytes }: HttpConfig) {
  return { fileSize: uploadLimitBytes, files: 1, fields: 20, fieldSize: 65_536, headerPairs: 50 };
}

/** A URL that the router cannot read is answered before any hook runs. */
function sendFrameworkError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
  { http, runtime }: Config,
): void {
  const known = normalizeError(error);
  const problem = problemOf(known, '/', request.id);
  void reply
    .status(problem.status)
    .headers({
      ...problemHeaders(known),
      ...crossOriginHeaders(http, request.headers.origin),
      [REPLICA_HEADER]: runtime.replicaId,
      'x-request-id': request.id,
    })
    .send(JSON.stringify(problem));
}
