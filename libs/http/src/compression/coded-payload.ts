import { pipeline, Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { chooseCoding, type ContentCoding } from './accept-encoding.js';
import { codingFor, compress, compressor, etagOfCoded, isCompressible } from './content-coding.js';

const VARY = 'vary';
const BY_CODING = 'Accept-Encoding';
const BODYLESS: ReadonlySet<number> = new Set([204, 206, 304]);

/**
 * Compresses the answers of all routes that are not stored; those that are, the output cache codes once.
 * Must be called before the routes are registered.
 */
export function compressAnswers(instance: FastifyInstance): void {
  instance.addHook('onSend', async (request, reply, payload) =>
    request.lockstepOutput === null ? codedPayload(request, reply, payload) : payload,
  );
}

/**
 * What is sent instead of this payload, with the headers that go with it.
 *
 * An answer that no cache may keep (`no-store`: tokens, keys) or that sets a cookie is sent as it is: how far
 * a secret shrinks together with text of an attacker's choice would tell what it is (BREACH).
 */
export async function codedPayload(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  if (!isCompressible(reply.getHeader('content-type')) || isToBeLeftAlone(reply)) return payload;
  variesByCoding(reply);
  const choice = chooseCoding(request.headers['accept-encoding']);
  if (payload instanceof Readable) {
    if (choice.coding === undefined) return payload;
    describe(reply, choice.coding);
    if (request.method === 'HEAD') return payload;
    const compressed = compressor(choice.coding);
    // The reader of the one learns of what happens to the other.
    pipeline(payload, compressed, () => undefined);
    return compressed;
  }
  if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload;
  const coding = codingFor(choice, Buffer.byteLength(payload));
  const coded = coding && (await compress(Buffer.from(payload), coding));
  if (coding === undefined || coded === undefined) return payload;
  describe(reply, coding);
  return coded;
}

/** Says that the answer depends on Accept-Encoding, beside what it says already. */
export function variesByCoding(reply: FastifyReply): void {
  const before = String(reply.getHeader(VARY) ?? '');
  if (before.toLowerCase().includes(BY_CODING.toLowerCase())) return;
  void reply.header(VARY, before === '' ? BY_CODING : `${before}, ${BY_CODING}`);
}

function isToBeLeftAlone(reply: FastifyReply): boolean {
  return (
    BODYLESS.has(reply.statusCode) ||
    reply.getHeader('content-encoding') !== undefined ||
    reply.getHeader('set-cookie') !== undefined ||
    /no-store|no-transform/iu.test(String(reply.getHeader('cache-control') ?? ''))
  );
}

function describe(reply: FastifyReply, coding: ContentCoding): void {
  void reply.header('content-encoding', coding);
  reply.removeHeader('content-length');
  reply.removeHeader('accept-ranges');
  const etag = reply.getHeader('etag');
  if (typeof etag === 'string') void reply.header('etag', etagOfCoded(etag, coding));
}
