import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { describedHeader } from '#libs/http';
import type { FastifyRequest } from 'fastify';

const TokenHeader = createParamDecorator((_data: unknown, context: ExecutionContext): string => {
  const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
  const token = headers['lockstep-cart-token'];
  // Absent is as wrong as any other that opens nothing: the answer is the same.
  return typeof token === 'string' ? token.slice(0, 200) : '';
});

/** Parameter: the secret that came with the cart, and opens it and the order that is made of it. */
export function CartToken(): ParameterDecorator {
  return describedHeader(TokenHeader(), {
    name: 'Lockstep-Cart-Token',
    required: true,
    description: 'As it was given out when the cart was made.',
    schema: { type: 'string' },
  });
}
