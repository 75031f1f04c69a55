import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { describedHeader } from '#libs/http';

const HEADER = 'Stripe-Signature';

const SignatureHeader = createParamDecorator(
  (_data: unknown, context: ExecutionContext): string => {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    const value = headers[HEADER.toLowerCase()];
    return typeof value === 'string' ? value : '';
  },
);

/** Parameter: how the card provider signed the body; empty when it did not. */
export function Signature(): ParameterDecorator {
  return describedHeader(SignatureHeader(), {
    name: HEADER,
    required: true,
    description: 'When the event was sent, and its signature.',
    schema: { type: 'string' },
  });
}
