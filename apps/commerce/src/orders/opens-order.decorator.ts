import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { describedHeader } from '#libs/http';
import type { OrderAccess } from '#libs/orders';
import type { FastifyRequest } from 'fastify';
import { cartHoldingOf } from '../carts/cart-holder.decorator.js';

const MAX_LENGTH = 200;

const Access = createParamDecorator((_data: unknown, context: ExecutionContext): OrderAccess => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const link = request.headers['lockstep-order-link'];
  if (typeof link === 'string') return { by: 'link', link: link.slice(0, MAX_LENGTH) };
  const { token, customer } = cartHoldingOf(request);
  return { by: 'holding', token, customerId: customer?.customerId };
});

/** Parameter: what opens an order: who is signed in, the token of its cart, or the link that came by mail. */
export function OpensOrder(): ParameterDecorator {
  const token = describedHeader(Access(), {
    name: 'Lockstep-Cart-Token',
    required: false,
    description: 'Of the cart that the order was made of. A guest needs it or a link.',
    schema: { type: 'string' },
  });
  return describedHeader(token, {
    name: 'Lockstep-Order-Link',
    required: false,
    description: 'What stands behind `#link=` in the mail that confirmed the order.',
    schema: { type: 'string' },
  });
}
