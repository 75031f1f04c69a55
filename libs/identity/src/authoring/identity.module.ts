import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { DatabaseClock } from '#libs/database';
import { PERMISSION_GUARD } from '#libs/http';
import { PUSH_AUTHENTICATOR } from '#libs/push';
import { ApiKeyReader } from './access/api-key.reader.js';
import { Authenticator } from './access/authenticator.js';
import { IDENTITY_CLOCK } from './access/identity-clock.js';
import { KeyUsageRecorder } from './access/key-usage.recorder.js';
import { SessionReader } from './access/session.reader.js';
import { StaffAccessReader } from './access/staff-access.reader.js';
import { StaffPushAuthenticator } from './access/staff-push-authenticator.js';
import { StaffGuard } from './access/staff.guard.js';
import { DeclaredPermissions } from './access/declared-permissions.js';

/** Who staff are and what they may do: every route of the application is behind {@link StaffGuard}. */
@Global()
@Module({
  providers: [
    { provide: IDENTITY_CLOCK, useExisting: DatabaseClock },
    SessionReader,
    ApiKeyReader,
    StaffAccessReader,
    KeyUsageRecorder,
    Authenticator,
    DeclaredPermissions,
    { provide: APP_GUARD, useClass: StaffGuard },
    { provide: PERMISSION_GUARD, useValue: StaffGuard },
    { provide: PUSH_AUTHENTICATOR, useClass: StaffPushAuthenticator },
  ],
  exports: [Authenticator, StaffAccessReader, IDENTITY_CLOCK, PUSH_AUTHENTICATOR],
})
export class IdentityModule {}
