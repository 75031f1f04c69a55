import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { chooseCoding } from '../compression/accept-encoding.js';
import { variesByCoding } from '../compression/coded-payload.js';
import { codingFor, etagOfCoded, isCompressible } from '../compression/content-coding.js';

/** A finished body with what identifies it. */
export interface Representation {
  readonly body: Buffer | string;
  readonly contentType: string;
  /** Strong: equal only for equal bytes. */
  readonly etag: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A strong ETag over the bytes of a finished body. */
export function etagOfBody(body: Buffer | string): string {
  return `"${hash('sha256', body, 'base64url').slice(0, 27)}"`;
}

/** Whether an If-None-Match header names this ETag (weak comparison, RFC 9110 13.1.2). */
export function matchesEtag(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch === etag) return true;
  if (ifNoneMatch.trim() === '*') return true;
  return [...ifNoneMatch.matchAll(/"[^"]*"/g)].some(([tag]) => tag === etag);
}

/** Answers with the body, or with 304 and no body when the caller has it already. */
export function sendRepresentation(
  request: Pick<FastifyRequest, 'headers'>,
  reply: FastifyReply,
  { body, contentType, etag, headers = {} }: Representation,
): FastifyReply {
  void reply.headers({ ...headers, etag });
  const sent = etagAsSent(request, contentType, Buffer.byteLength(body), etag);
  if (matchesEtag(request.headers['if-none-match'], sent)) {
    if (isCompressible(contentType)) variesByCoding(reply);
    return reply.status(304).header('etag', sent).send();
  }
  return reply.type(contentType).send(body);
}

/** The tag of the coding in which this client gets the body. */
function etagAsSent(
  { headers }: Pick<FastifyRequest, 'headers'>,
  contentType: string,
  bytes: number,
  etag: string,
): string {
  if (!isCompressible(contentType)) return etag;
  const coding = codingFor(chooseCoding(headers['accept-encoding']), bytes);
  return coding === undefined ? etag : etagOfCoded(etag, coding);
}
