import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { customersErrors } from '../model/customers.errors.js';
import type { Shopper } from '../model/shopper.js';

const SHOPPER = Symbol('Shopper');

/** A request that the guard has let in carries who makes it, if anybody is signed in. */
export interface ShopperRequest {
  [SHOPPER]?: Shopper;
}

export function attachShopper(request: ShopperRequest, shopper: Shopper): void {
  request[SHOPPER] = shopper;
}

/** Undefined for a guest. */
export function shopperOf(request: ShopperRequest): Shopper | undefined {
  return request[SHOPPER];
}

/** Parameter of a route for customers: who makes the request. */
export const CurrentShopper = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Shopper => {
    const shopper = shopperOf(context.switchToHttp().getRequest<ShopperRequest>());
    if (shopper === undefined) throw customersErrors.notSignedIn();
    return shopper;
  },
);
