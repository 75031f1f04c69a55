import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { describedHeader } from './described-header.js';
import { httpErrors } from '../errors/http.errors.js';

/** Visible ASCII, as the header draft has it; the column that keeps one is as long. */
const KEY = /^[\x21-\x7e]{1,200}$/;

const IdempotencyKeyHeader = createParamDecorator(
  (_data: unknown, context: ExecutionContext): string => {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    const key = headers['idempotency-key'];
    if (typeof key !== 'string' || !KEY.test(key)) throw httpErrors.idempotencyKeyRequired();
    return key;
  },
);

/**
 * Parameter of a route that must have its effects once: the key by which the client repeats the same
 * request. Throws `http.idempotency-key-required` (400) when it is absent or malformed.
 * Source: https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
 */
export function IdempotencyKey(): ParameterDecorator {
  return describedHeader(IdempotencyKeyHeader(), {
    name: 'Idempotency-Key',
    required: true,
    description: 'Chosen by the client, new for each checkout; the same when it is repeated.',
    schema: { type: 'string', minLength: 1, maxLength: 200 },
  });
}
