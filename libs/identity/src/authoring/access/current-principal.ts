import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { identityErrors } from '../../model/identity.errors.js';
import type { Principal } from '../../model/principal.js';

const PRINCIPAL = Symbol('Principal');

/** A request that the guard has let in carries who makes it. */
export interface AuthenticatedRequest {
  [PRINCIPAL]?: Principal;
}

export function attachPrincipal(request: AuthenticatedRequest, principal: Principal): void {
  request[PRINCIPAL] = principal;
}

/** Parameter of a route that is not public: who makes the request. */
export const CurrentPrincipal = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Principal => {
    const principal = context.switchToHttp().getRequest<AuthenticatedRequest>()[PRINCIPAL];
    if (principal === undefined) throw identityErrors.notAuthenticated();
    return principal;
  },
);
