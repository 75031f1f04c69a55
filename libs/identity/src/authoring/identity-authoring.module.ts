import { Module } from '@nestjs/common';
import { NewPasswords, PasswordHasher, PasswordStrength, SignInThrottle } from '#libs/credentials';
import { AuditLogReader } from '#libs/database';
import type { Clock } from '#libs/kernel';
import { IDENTITY_CLOCK } from './access/identity-clock.js';
import { OwnPasswordEditor } from './sign-in/own-password.editor.js';
import { SessionEditor } from './sign-in/session.editor.js';
import { ApiKeyEditor } from './staff/api-key.editor.js';
import { RoleEditor } from './staff/role.editor.js';
import { StaffUserEditor } from './staff/staff-user.editor.js';

/** Signing in, and what the back office does with users, roles and API keys. Needs `IdentityModule`. */
@Module({
  providers: [
    PasswordHasher,
    PasswordStrength,
    NewPasswords,
    {
      provide: SignInThrottle,
      inject: [IDENTITY_CLOCK],
      useFactory: (clock: Clock) => new SignInThrottle(clock),
    },
    SessionEditor,
    OwnPasswordEditor,
    StaffUserEditor,
    RoleEditor,
    ApiKeyEditor,
    AuditLogReader,
  ],
  exports: [
    SessionEditor,
    OwnPasswordEditor,
    StaffUserEditor,
    RoleEditor,
    ApiKeyEditor,
    AuditLogReader,
  ],
})
export class IdentityAuthoringModule {}
