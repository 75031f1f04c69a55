import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { bearerToken } from '#libs/credentials';
import { accessOf } from '#libs/http';
import { currentContext } from '#libs/kernel';
import { identityErrors } from '../../model/identity.errors.js';
import { permits } from '../../model/permission-set.js';
import { Authenticator } from './authenticator.js';
import { attachPrincipal, type AuthenticatedRequest } from './current-principal.js';

interface StaffRequest extends AuthenticatedRequest {
  readonly headers: { readonly authorization?: string };
}

type Handler = (...args: never[]) => unknown;

/**
 * Lets a request in when its route is public, or when its credential holds every permission the route
 * asks for. A route that declares neither is closed. Tokens are read from the `Authorization`
 * header only: what stands in a URL ends up in logs.
 */
@Injectable()
export class StaffGuard implements CanActivate {
  constructor(private readonly authenticator: Authenticator) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return false;
    // Nest types every handler by `Function`.
    const access = accessOf(context.getHandler() as Handler, context.getClass());
    if (access?.kind === 'public') return true;
    const request = context.switchToHttp().getRequest<StaffRequest>();
    const token = bearerToken(request.headers.authorization);
    const principal = await this.authenticator.authenticate(token);
    attachPrincipal(request, principal);
    const current = currentContext();
    if (current !== undefined) current.actor = principal.actor;
    if (access?.kind !== 'permissions') return false;
    const missing = access.permissions.filter((name) => !permits(principal.permissions, name));
    if (missing.length === 0) return true;
    throw identityErrors.permissionMissing({
      message: `This needs the permission ${missing.join(', ')}`,
      details: { permission: missing[0], missing },
    });
  }
}
