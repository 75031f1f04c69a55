import {
  UseInterceptors,
  applyDecorators,
  createParamDecorator,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { describedHeader } from './described-header.js';
import { httpErrors } from '../errors/http.errors.js';

/** The strong ETag of one version of a resource. */
export function etagOf(version: number): string {
  return `"${version}"`;
}

/**
 * Reads an If-Match header as the version it names: an ETag made by `etagOf`, or what proxies that compress
 * make of it (`W/"7"`, `"7-gzip"`). RFC 9110 compares If-Match strongly because a weak tag may stand for several
 * representations; ours is the number of a version, and its weak form names the same one.
 *
 * Throws `http.precondition-required` (428) when it is absent and `http.invalid-precondition` (400) when it
 * is anything else.
 */
export function parseIfMatch(header: string | undefined): number {
  if (header === undefined) throw httpErrors.preconditionRequired();
  const version = Number(
    /^(?:W\/)?"(\d{1,15})(?:[-;](?:gzip|br|zstd|deflate))?"$/.exec(header.trim())?.[1] ??
      Number.NaN,
  );
  if (Number.isNaN(version)) throw httpErrors.invalidPrecondition();
  return version;
}

const IfMatchVersion = createParamDecorator((_data: unknown, context: ExecutionContext): number => {
  const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
  return parseIfMatch(headers['if-match']);
});

const DESCRIPTION = {
  name: 'If-Match',
  description: 'ETag of the version that the change is based on.',
  schema: { type: 'string', pattern: '^"\\d+"$' },
} as const;

/** Parameter of a route that changes a versioned resource: the version the caller has read (a number). */
export function IfMatch(): ParameterDecorator {
  return describedHeader(IfMatchVersion(), { ...DESCRIPTION, required: true });
}

const OptionalIfMatchVersion = createParamDecorator(
  (_data: unknown, context: ExecutionContext): number | undefined => {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    const header = headers['if-match'];
    return header === undefined ? undefined : parseIfMatch(header);
  },
);

/** The same where writes without it take turns instead of being refused; undefined when it is absent. */
export function OptionalIfMatch(): ParameterDecorator {
  return describedHeader(OptionalIfMatchVersion(), { ...DESCRIPTION, required: false });
}

class VersionEtagInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((body) => {
        if (hasVersion(body)) void reply.header('etag', etagOf(body.version));
        return body;
      }),
    );
  }
}

/** Sends the ETag of the `version` that the body of the answer carries. */
export const VersionedAnswer = () => applyDecorators(UseInterceptors(new VersionEtagInterceptor()));

function hasVersion(body: unknown): body is { readonly version: number } {
  return (
    typeof body === 'object' &&
    body !== null &&
    'version' in body &&
    Number.isSafeInteger(body.version)
  );
}
