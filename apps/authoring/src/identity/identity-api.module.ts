import { Module } from '@nestjs/common';
import { IdentityAuthoringModule } from '#authoring/identity';
import { ApiKeyController } from './api-key.controller.js';
import { AuditLogController } from './audit-log.controller.js';
import { OwnAccountController } from './own-account.controller.js';
import { RoleController } from './role.controller.js';
import { SessionController } from './session.controller.js';
import { StaffUserController } from './staff-user.controller.js';

/** `/sessions`, `/me`, `/users`, `/roles`, `/permissions`, `/api-keys`, `/audit-log`. */
@Module({
  imports: [IdentityAuthoringModule],
  controllers: [
    SessionController,
    OwnAccountController,
    StaffUserController,
    RoleController,
    ApiKeyController,
    AuditLogController,
  ],
})
export class IdentityApiModule {}
