import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { accessOf } from '#libs/http';
import { identityErrors } from '../../model/identity.errors.js';
import { PermissionCatalog } from '../../model/permission-catalog.js';

type Handler = (...args: never[]) => unknown;
type ControllerClass = abstract new (...args: never[]) => unknown;

/**
 * Stops the start of a replica in which a route asks for a permission that no slice declares: only
 * a wildcard could open it, and no role could hold it by name.
 */
@Injectable()
export class DeclaredPermissions implements OnModuleInit {
  constructor(
    private readonly modules: ModulesContainer,
    private readonly catalog: PermissionCatalog,
  ) {}

  onModuleInit(): void {
    const unknown = new Set<string>();
    for (const { controllers } of this.modules.values()) {
      for (const { metatype } of controllers.values()) {
        if (typeof metatype !== 'function') continue;
        for (const name of namesAskedFor(metatype as ControllerClass)) {
          if (!this.catalog.isKnown(name)) unknown.add(name);
        }
      }
    }
    if (unknown.size === 0) return;
    const message = `Routes ask for permissions that are not declared: ${[...unknown].sort().join(', ')}`;
    throw identityErrors.undeclaredPermission({ message });
  }
}

function namesAskedFor(controller: ControllerClass): readonly string[] {
  const prototype = controller.prototype as Record<string, Handler>;
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((method) => {
    const handler = prototype[method];
    const access = handler === undefined ? undefined : accessOf(handler, controller);
    return access?.kind === 'permissions' ? access.permissions : [];
  });
}
