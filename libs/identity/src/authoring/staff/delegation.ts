import { type RowOf, sql, type Transaction } from '#libs/database';
import type { Principal } from '../../model/principal.js';
import { identityErrors } from '../../model/identity.errors.js';
import {
  ALL_PERMISSIONS,
  beyond,
  intersection,
  normalised,
  type PermissionSet,
} from '../../model/permission-set.js';
import type { RoleEntity } from '../../model/role.entity.js';
import type { StaffUserRoleEntity } from '../../model/staff-user-role.entity.js';

type RoleRow = RowOf<RoleEntity, 'id' | 'permissions_json'>;

/**
 * What the person who acts may hand out, as it is inside the transaction (not as it was cached).
 *
 * Its transaction holds all roles until it ends, so changes of users and roles happen
 * one after the other: two administrators cannot remove each other at the same moment.
 */
export class Delegation {
  private constructor(
    private readonly tx: Transaction,
    private readonly permissionsByRole: ReadonlyMap<string, PermissionSet>,
    private readonly own: PermissionSet,
  ) {}

  /** Must be the first thing a unit of work does. */
  static async open(tx: Transaction, principal: Principal): Promise<Delegation> {
    const byRole = await lockRoles(tx);
    const ownersRoles = await activeRolesOf(tx, principal.userId);
    const owner = permissionsOf(ownersRoles, byRole);
    if (principal.credential.kind === 'session') return new Delegation(tx, byRole, owner);
    const key = await keyPermissions(tx, principal.credential.id);
    return new Delegation(tx, byRole, intersection(key, owner));
  }

  /** Throws `identity.grant-beyond-own` when the permissions go beyond one's own. */
  assertWithin(permissions: PermissionSet): void {
    const missing = beyond(this.own, permissions);
    if (missing.length > 0) throw identityErrors.grantBeyondOwn({ details: { missing } });
  }

  /** What the roles allow together. Throws `identity.role-unknown` for a role that does not exist. */
  ofRoles(roleIds: readonly string[]): PermissionSet {
    const unknown = roleIds.filter((id) => !this.permissionsByRole.has(id));
    if (unknown.length > 0) throw identityErrors.roleUnknown({ details: { roleIds: unknown } });
    return permissionsOf(roleIds, this.permissionsByRole);
  }

  /** Throws `identity.last-administrator` when the changes leave no user who may do everything. */
  async assertAdministratorRemains(): Promise<void> {
    const roles = await this.tx.query<RoleRow>(sql`SELECT id, permissions_json FROM role`);
    const everything = roles.filter((role) => permissionsIn(role).includes(ALL_PERMISSIONS));
    const [row] = await this.tx.query<{ administrators: number }>(
      sql`
        SELECT COUNT(*) AS administrators
        FROM staff_user u
        WHERE u.is_active = 1 AND EXISTS (
            SELECT 1
            FROM staff_user_role ur
            WHERE ur.user_id = u.id AND ur.role_id IN ${sql.in(everything.map(({ id }) => id))})`,
    );
    if ((row?.administrators ?? 0) === 0) throw identityErrors.lastAdministrator();
  }
}

/** All roles with what they allow; no other transaction changes users or roles until this one ends. */
export async function lockRoles(tx: Transaction): Promise<ReadonlyMap<string, PermissionSet>> {
  const hint = sql.byDialect({ sqlite: sql.empty, mssql: sql` WITH (UPDLOCK, HOLDLOCK)` });
  const roles = await tx.query<RoleRow>(sql`SELECT id, permissions_json FROM role${hint}`);
  return new Map(roles.map((role) => [role.id, permissionsIn(role)]));
}

async function activeRolesOf(tx: Transaction, userId: string): Promise<string[]> {
  const rows = await tx.query<RowOf<StaffUserRoleEntity, 'role_id'>>(
    sql`SELECT ur.role_id FROM staff_user_role ur JOIN staff_user u ON u.id = ur.user_id
        WHERE u.id = ${userId} AND u.is_active = 1`,
  );
  return rows.map((row) => row.role_id);
}

async function keyPermissions(tx: Transaction, keyId: string): Promise<PermissionSet> {
  const [row] = await tx.query<Pick<RoleRow, 'permissions_json'>>(
    sql`
      SELECT permissions_json
      FROM api_key
      WHERE id = ${keyId} AND revoked_at IS NULL`,
  );
  return row === undefined ? [] : permissionsIn(row);
}

function permissionsIn(row: Pick<RoleRow, 'permissions_json'>): PermissionSet {
  return JSON.parse(row.permissions_json) as string[];
}

function permissionsOf(
  roleIds: readonly string[],
  byRole: ReadonlyMap<string, PermissionSet>,
): PermissionSet {
  return normalised(roleIds.flatMap((id) => byRole.get(id) ?? []));
}
