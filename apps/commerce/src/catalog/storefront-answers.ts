import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { etagOfBody, sendRepresentation, type Representation } from '#libs/http';
import type { MaybePromise } from '#libs/kernel';

const CONTENT_TYPE = 'application/json; charset=utf-8';

/** Browsers ask again with the ETag each time; shared caches may bridge a few seconds. */
const HEADERS = {
  'cache-control': 'public, max-age=0, s-maxage=5, stale-while-revalidate=30, stale-if-error=600',
  vary: 'accept-encoding',
};

/**
 * Finished answers of the storefront. Bytes and ETag of a cached value are made once and kept for
 * as long as the value itself: cached values are frozen, so they cannot come apart.
 */
@Injectable()
export class StorefrontAnswers {
  private readonly finished = new WeakMap<object, Representation>();

  /** Sends `value` as JSON, or 304 when the caller has it. */
  send(
    request: FastifyRequest,
    reply: FastifyReply,
    value: MaybePromise<object>,
  ): MaybePromise<FastifyReply> {
    if (value instanceof Promise) {
      return value.then((settled) => this.send(request, reply, settled));
    }
    return sendRepresentation(request, reply, this.representationOf(value));
  }

  private representationOf(value: object): Representation {
    const known = this.finished.get(value);
    if (known !== undefined) return known;
    const body = Buffer.from(JSON.stringify(value));
    const made = { body, contentType: CONTENT_TYPE, etag: etagOfBody(body), headers: HEADERS };
    // A value that can still change would come apart from its bytes.
    if (Object.isFrozen(value)) this.finished.set(value, made);
    return made;
  }
}
