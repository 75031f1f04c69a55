import { ApiKeyEntity } from './api-key.entity.js';
import { RoleEntity } from './role.entity.js';
import { StaffSessionEntity } from './staff-session.entity.js';
import { StaffUserEntity } from './staff-user.entity.js';
import { StaffUserRoleEntity } from './staff-user-role.entity.js';

/** The tables of identity. */
export const identityEntities = [
  ApiKeyEntity,
  RoleEntity,
  StaffSessionEntity,
  StaffUserEntity,
  StaffUserRoleEntity,
];
