import { describe, expect, it } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import { Public, RequirePermission } from '#libs/http';
import type { Authenticator } from './authenticator.js';
import { StaffGuard } from './staff.guard.js';

class Routes {
  @Public()
  open(): void {}

  @RequirePermission('catalog:product:read')
  closed(): void {}

  forgotten(): void {}
}

/** What the guard reads of a context. */
function contextOf(route: keyof Routes): ExecutionContext {
  const context = {
    getType: () => 'http',
    getHandler: () => Routes.prototype[route],
    getClass: () => Routes,
    switchToHttp: () => ({ getRequest: () => ({ headers: {} }) }),
  };
  return context as unknown as ExecutionContext;
}

describe('StaffGuard', () => {
  const everybody = {
    authenticate: () => Promise.resolve({ permissions: ['*'] }),
  } as unknown as Authenticator;
  const guard = new StaffGuard(everybody);
  const ask = async (route: keyof Routes): Promise<unknown> => guard.canActivate(contextOf(route));

  it('lets anybody into a public route', async () => {
    expect(await ask('open')).toBe(true);
  });

  it('lets nobody into a route that declares nothing, whatever they may do', async () => {
    expect(await ask('forgotten')).toBe(false);
  });

  it('lets into a route whose permission is held', async () => {
    expect(await ask('closed')).toBe(true);
  });
});
