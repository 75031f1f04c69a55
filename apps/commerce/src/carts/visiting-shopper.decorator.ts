import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { shopperOf, type Shopper, type ShopperRequest } from '#libs/customers';

/** Parameter of a route for customers and guests: who is signed in, undefined for a guest. */
export const VisitingShopper = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Shopper | undefined =>
    shopperOf(context.switchToHttp().getRequest<ShopperRequest>()),
);
