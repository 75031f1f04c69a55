import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { describedHeader } from '#libs/http';
import type { OrderAccess } from '#libs/orders';
import type { FastifyRequest } from 'fastify';

const MAX_LENGTH = 200;

const Access = createParamDecorator((_data: unknown, context: ExecutionContext): OrderAccess => {
  const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
  const { 'lockstep-order-link': link, 'lockstep-cart-token': token } = headers;
  if (typeof link === 'string') return { by: 'link', link: link.slice(0, MAX_LENGTH) };
  // Absent is as wrong as any other that opens nothing: the answer is the same.
  return { by: 'cart-token', token: typeof token === 'string' ? token.slice(0, MAX_LENGTH) : '' };
});

/** Parameter: what opens an order, the token of its cart or the link that came by mail. */
export function OpensOrder(): ParameterDecorator {
  const token = describedHeader(Access(), {
    name: 'Lockstep-Cart-Token',
    required: false,
    description: 'Of the cart that the order was made of. It or a link is needed.',
    schema: { type: 'string' },
  });
  return describedHeader(token, {
    name: 'Lockstep-Order-Link',
    required: false,
    description: 'What stands behind `#link=` in the mail that confirmed the order.',
    schema: { type: 'string' },
  });
}
