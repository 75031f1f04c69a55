import { Injectable } from '@nestjs/common';
import { CoherentCache, type CachedReader } from '#libs/cache';
import { type OuterRowOf, type RowOf, sql, SqlReader } from '#libs/database';
import { identityTags } from '../../model/identity.tags.js';
import { normalised, type PermissionSet } from '../../model/permission-set.js';
import { IDENTITY_REGION } from './region.js';
import type { RoleEntity } from '../../model/role.entity.js';
import type { StaffUserEntity } from '../../model/staff-user.entity.js';

/** What a staff user is and may do, all roles taken together. */
export interface StaffAccess {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly isActive: boolean;
  readonly permissions: PermissionSet;
}

type StaffAccessRow = RowOf<StaffUserEntity, 'email' | 'name' | 'is_active'> &
  OuterRowOf<RoleEntity, 'id' | 'permissions_json'>;

/** Staff users with their permissions, by id. */
@Injectable()
export class StaffAccessReader {
  private readonly reader: CachedReader<string, StaffAccess>;

  constructor(
    cache: CoherentCache,
    private readonly database: SqlReader,
  ) {
    this.reader = cache.reader<string, StaffAccess>({
      ...IDENTITY_REGION,
      name: 'identity.staff-access',
      tags: (userId) => [identityTags.user(userId)],
      load: async (userId, context) => {
        const rows = await this.load(userId);
        for (const { id: roleId } of rows) {
          if (roleId !== null) context.tag(identityTags.role(roleId));
        }
        return toStaffAccess(userId, rows);
      },
    });
  }

  async find(userId: string): Promise<StaffAccess | undefined> {
    return this.reader.get(userId);
  }

  private load(userId: string): Promise<StaffAccessRow[]> {
    return this.database.query<StaffAccessRow>(
      sql`SELECT u.email, u.name, u.is_active, r.id, r.permissions_json
          FROM staff_user u
          LEFT JOIN staff_user_role ur ON ur.user_id = u.id
          LEFT JOIN role r ON r.id = ur.role_id
          WHERE u.id = ${userId}`,
    );
  }
}

function toStaffAccess(userId: string, rows: readonly StaffAccessRow[]): StaffAccess | undefined {
  const [first] = rows;
  if (first === undefined) return undefined;
  const permissions = rows.flatMap((row) => JSON.parse(row.permissions_json ?? '[]') as string[]);
  return {
    userId,
    email: first.email,
    name: first.name,
    isActive: first.is_active === 1,
    permissions: normalised(permissions),
  };
}
