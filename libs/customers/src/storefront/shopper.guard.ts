import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { bearerToken } from '#libs/credentials';
import { accessOf } from '#libs/http';
import { currentContext } from '#libs/kernel';
import { attachShopper, type ShopperRequest } from './current-shopper.js';
import { ShopperAuthenticator } from './shopper-authenticator.js';

interface Request extends ShopperRequest {
  readonly headers: { readonly authorization?: string };
}

interface Response {
  header(name: string, value: string): unknown;
}

type Handler = (...args: never[]) => unknown;

/**
 * Lets a request in when its route is public, when it carries the session of a customer, or, where guests are
 * admitted too, when it carries none. A session that has ended is refused there as well: a shopper who believes to be
 * signed in is not served as a guest. Any other route is closed. What a route for customers answers is somebody's
 * own: nothing on the way may keep it. Tokens are read from the `Authorization`
 * header only: what stands in a URL ends up in logs.
 */
@Injectable()
export class ShopperGuard implements CanActivate {
  constructor(private readonly authenticator: ShopperAuthenticator) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return false;
    // Nest types every handler by `Function`.
    const access = accessOf(context.getHandler() as Handler, context.getClass());
    if (access?.kind === 'public') return true;
    if (access?.kind !== 'customer') return false;
    const http = context.switchToHttp();
    http.getResponse<Response>().header('cache-control', 'no-store');
    const request = http.getRequest<Request>();
    const { authorization } = request.headers;
    if (authorization === undefined && access.admitsGuests) return true;
    const shopper = await this.authenticator.authenticate(bearerToken(authorization));
    attachShopper(request, shopper);
    const current = currentContext();
    if (current !== undefined) {
      current.actor = { kind: 'customer', id: shopper.customerId, name: 'customer' };
    }
    return true;
  }
}
