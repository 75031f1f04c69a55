import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { HttpConfig } from '#libs/config';
import { CACHE_STATUS_HEADER } from '../coherence/cache-status.js';
import { POSITION_HEADER, REPLICA_HEADER } from '../coherence/position-gate.js';

/** What a page of another origin may read of an answer. */
const EXPOSED_HEADERS = [
  POSITION_HEADER,
  REPLICA_HEADER,
  'etag',
  'location',
  'ratelimit',
  'ratelimit-policy',
  'retry-after',
  'x-request-id',
  CACHE_STATUS_HEADER,
];

/** Lets pages of CORS_ORIGINS call the API; nothing is added where none is configured. */
export function enableCrossOrigin(app: NestFastifyApplication): void {
  const { corsOrigins } = app.get(HttpConfig);
  if (corsOrigins.length === 0) return;
  app.enableCors({
    origin: corsOrigins.includes('*') ? '*' : [...corsOrigins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: EXPOSED_HEADERS,
    maxAge: 600,
    // Every OPTIONS is answered by `answerOptions`, with what the hook of CORS has put on the reply.
    strictPreflight: false,
    preflightContinue: true,
  });
}

/**
 * What lets a page of another origin read an error that is answered before any hook has run, such as that of CORS: without it
 * the page sees no status and no code, only that something failed.
 */
export function crossOriginHeaders(
  { corsOrigins }: HttpConfig,
  origin: string | undefined,
): Readonly<Record<string, string>> {
  if (origin === undefined || corsOrigins.length === 0) return {};
  const isAnybody = corsOrigins.includes('*');
  if (!isAnybody && !corsOrigins.includes(origin)) return {};
  return {
    'access-control-allow-origin': isAnybody ? '*' : origin,
    'access-control-expose-headers': EXPOSED_HEADERS.join(', '),
    ...(isAnybody ? {} : { vary: 'Origin' }),
  };
}
