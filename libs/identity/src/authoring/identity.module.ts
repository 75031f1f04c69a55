import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { DatabaseClock } from '#libs/database';
import { PERMISSION_GUARD, REFUSALS, type Refusals } from '#libs/http';
import { PUSH_AUTHENTICATOR } from '#libs/push';
import { ApiKeyReader } from './access/api-key.reader.js';
import { Authenticator } from './access/authenticator.js';
import { IDENTITY_CLOCK } from './access/identity-clock.js';
import { KeyUsageRecorder } from './access/key-usage.recorder.js';
import { SessionReader } from './access/session.reader.js';
import { StaffAccessReader } from './access/staff-access.reader.js';
import { StaffPushAuthenticator } from './access/staff-push-authenticator.js';
import { StaffGuard } from './access/staff.guard.js';
import { identityErrors } from '../model/identity.errors.js';
import { PermissionCatalog } from '../model/permission-catalog.js';
import { DeclaredPermissions } from './access/declared-permissions.js';

export interface IdentityModuleOptions {
  /** What roles and API keys may hold: all that the slices of the role declare. */
  readonly permissions: Readonly<Record<string, string>>;
}

const refusals: Refusals = {
  '401': identityErrors.notAuthenticated(),
  '403': identityErrors.permissionMissing(),
};

/** Who staff are and what they may do: every route of the application is behind {@link StaffGuard}. */
@Global()
@Module({})
export class IdentityModule {
  static forRoot({ permissions }: IdentityModuleOptions): DynamicModule {
    return {
      module: IdentityModule,
      providers: [
        { provide: PermissionCatalog, useValue: new PermissionCatalog(permissions) },
        { provide: IDENTITY_CLOCK, useExisting: DatabaseClock },
        SessionReader,
        ApiKeyReader,
        StaffAccessReader,
        KeyUsageRecorder,
        Authenticator,
        DeclaredPermissions,
        { provide: APP_GUARD, useClass: StaffGuard },
        { provide: PERMISSION_GUARD, useValue: StaffGuard },
        { provide: REFUSALS, useValue: refusals },
        { provide: PUSH_AUTHENTICATOR, useClass: StaffPushAuthenticator },
      ],
      exports: [
        Authenticator,
        StaffAccessReader,
        PermissionCatalog,
        IDENTITY_CLOCK,
        PUSH_AUTHENTICATOR,
      ],
    };
  }
}
