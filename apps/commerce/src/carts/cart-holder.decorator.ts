import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { CartAddress } from '#libs/carts';
import { shopperOf } from '#libs/customers';
import { describedHeader } from '#libs/http';
import type { FastifyRequest } from 'fastify';

/** What opens carts, and the orders that are made of them: the token of a guest, or who is signed in. */
export type CartHolding = Omit<CartAddress, 'id'>;

export function cartHoldingOf(request: FastifyRequest): CartHolding {
  const token = request.headers['lockstep-cart-token'];
  return {
    // Absent is as wrong as any other that opens nothing: the answer is the same.
    token: typeof token === 'string' ? token.slice(0, 200) : '',
    customer: shopperOf(request as object),
  };
}

const Holder = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  cartHoldingOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** Parameter: who asks for a cart. The token came with the cart; a customer who is signed in needs none. */
export function CartHolder(): ParameterDecorator {
  return describedHeader(Holder(), {
    name: 'Lockstep-Cart-Token',
    required: false,
    description:
      'As it was given out when the cart was made; not needed for the cart of a customer.',
    schema: { type: 'string' },
  });
}
