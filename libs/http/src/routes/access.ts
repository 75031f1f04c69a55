import { SetMetadata, applyDecorators, type INestApplicationContext } from '@nestjs/common';
import { MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import type { LockstepError } from '#libs/kernel';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';

/** Who may call a route. */
export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'permissions'; readonly permissions: readonly string[] }
  | { readonly kind: 'customer'; readonly admitsGuests: boolean };

type Handler = (...args: never[]) => unknown;
type ControllerClass = abstract new (...args: never[]) => unknown;

const ACCESS = 'lockstep:access';
const PERMISSION = /^[a-z-]+:[a-z-]+:[a-z-]+$/;
/** Metadata key under which Nest keeps the path of a route. */
const ROUTE_PATH = 'path';

/** Anybody may call the route. */
export const Public = () => SetMetadata<string, Access>(ACCESS, { kind: 'public' });

/** The caller needs every one of the permissions, each written `area:entity:action`. */
export function RequirePermission(...permissions: [string, ...string[]]) {
  for (const permission of permissions) {
    if (!PERMISSION.test(permission)) {
      throw new TypeError(`not a permission (area:entity:action): ${permission}`);
    }
  }
  return applyDecorators(
    SetMetadata<string, Access>(ACCESS, { kind: 'permissions', permissions }),
    ApiBearerAuth(),
    ApiExtension('x-permissions', permissions),
  );
}

/** The caller needs the session of a customer. */
export const ForCustomer = () => forCustomer(false);

/** The caller may be a customer who is signed in, or a guest who sends no session. */
export const ForCustomerOrGuest = () => forCustomer(true);

function forCustomer(admitsGuests: boolean) {
  return applyDecorators(
    SetMetadata<string, Access>(ACCESS, { kind: 'customer', admitsGuests }),
    ApiBearerAuth(),
  );
}

/** What a route declares, or else its controller; undefined when neither does, which means nobody. */
export function accessOf(handler: Handler, controller: ControllerClass): Access | undefined {
  return new Reflector().getAllAndOverride<Access | undefined>(ACCESS, [handler, controller]);
}

/** Provided by the module whose guard asks for permissions; without it nobody would. */
export const PERMISSION_GUARD = Symbol('PermissionGuard');

/** Provided by the module whose guard asks for the session of a customer. */
export const CUSTOMER_GUARD = Symbol('CustomerGuard');

/** Provided by the module whose guard it is, for the API documents. */
export const REFUSALS = Symbol('Refusals');

/** What the guard of a role answers a caller, one for each status. */
export interface Refusals {
  readonly '401': LockstepError;
  readonly '403': LockstepError;
}

/** undefined where no guard stands before the routes. */
export function refusalsOf(app: INestApplicationContext): Refusals | undefined {
  return hasProvider(app, REFUSALS) ? app.get<Refusals>(REFUSALS) : undefined;
}

/**
 * Refuses an application in which a route declares no access, or one that no guard asks for, naming all of
 * them: a forgotten decorator must stop the start, not open or close a route by accident.
 */
export function assertEveryRouteDeclaresAccess(app: INestApplicationContext): void {
  const guarded = {
    public: true,
    permissions: hasProvider(app, PERMISSION_GUARD),
    customer: hasProvider(app, CUSTOMER_GUARD),
  };
  const scanner = new MetadataScanner();
  const undeclared: string[] = [];
  const unguarded: string[] = [];
  for (const module of app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      if (typeof metatype !== 'function') continue;
      const controller = metatype as ControllerClass;
      const prototype = controller.prototype as Record<string, Handler>;
      for (const name of scanner.getAllMethodNames(prototype)) {
        const handler = prototype[name];
        if (handler === undefined || !Reflect.hasMetadata(ROUTE_PATH, handler)) continue;
        const access = accessOf(handler, controller);
        const route = `${controller.name}.${name}`;
        if (access === undefined) undeclared.push(route);
        else if (!guarded[access.kind]) unguarded.push(route);
      }
    }
  }
  refuse('These routes declare no access, such as @Public() or @RequirePermission()', undeclared);
  refuse('No guard of this role asks for what these routes need', unguarded);
}

function refuse(what: string, routes: readonly string[]): void {
  if (routes.length > 0) throw new Error(`${what}: ${routes.toSorted().join(', ')}`);
}

function hasProvider(app: INestApplicationContext, token: symbol): boolean {
  return [...app.get(ModulesContainer).values()].some((module) => module.providers.has(token));
}
