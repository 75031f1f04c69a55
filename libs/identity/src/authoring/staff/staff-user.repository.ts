import {
  type RowOf,
  sql,
  type SqlReader,
  type SqlStatement,
  type Transaction,
} from '#libs/database';
import type { StaffUserEntity } from '../../model/staff-user.entity.js';
import type { RoleEntity } from '../../model/role.entity.js';
import type { StaffUserRoleEntity } from '../../model/staff-user-role.entity.js';

export interface StaffUserView {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly isActive: boolean;
  readonly roles: readonly { readonly id: string; readonly name: string }[];
  readonly version: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Reads inside a unit of work or outside of one. */
export type Queries = Pick<SqlReader | Transaction, 'query'>;

type UserRow = RowOf<
  StaffUserEntity,
  'id' | 'email' | 'name' | 'is_active' | 'version' | 'created_at' | 'updated_at'
>;

const COLUMNS = sql`id, email, name, is_active, version, created_at, updated_at`;

export async function findStaffUser(
  queries: Queries,
  id: string,
): Promise<StaffUserView | undefined> {
  const [user] = await selectUsers(
    queries,
    sql`
      SELECT ${COLUMNS}
      FROM staff_user
      WHERE id = ${id}`,
  );
  return user;
}

/** In the order of their creation, at most `limit` users with an id greater than `afterId`. */
export function listStaffUsers(
  queries: Queries,
  afterId: string,
  limit: number,
): Promise<StaffUserView[]> {
  return selectUsers(
    queries,
    sql`
      SELECT ${COLUMNS}
      FROM staff_user
      WHERE id > ${afterId}
      ORDER BY id
      ${sql.limit(limit)}`,
  );
}

async function selectUsers(queries: Queries, statement: SqlStatement): Promise<StaffUserView[]> {
  const users = await queries.query<UserRow>(statement);
  const roles = await queries.query<
    RowOf<StaffUserRoleEntity, 'user_id'> & RowOf<RoleEntity, 'id' | 'name'>
  >(
    sql`SELECT ur.user_id, r.id, r.name FROM staff_user_role ur JOIN role r ON r.id = ur.role_id
        WHERE ur.user_id IN ${sql.in(users.map(({ id }) => id))} ORDER BY r.name`,
  );
  return users.map((user) => ({
    id: user.id,
    email: user.email,
    name: user.name,
    isActive: user.is_active === 1,
    roles: roles.filter((role) => role.user_id === user.id).map(({ id, name }) => ({ id, name })),
    version: user.version,
    createdAt: user.created_at,
    updatedAt: user.updated_at,
  }));
}

export interface StaffUserRecord {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
  readonly at: number;
}

export async function insertStaffUser(tx: Transaction, user: StaffUserRecord): Promise<void> {
  await tx.execute(
    sql.insert('staff_user', [
      {
        id: user.id,
        email: user.email,
        name: user.name,
        password_hash: user.passwordHash,
        is_active: true,
        version: 1,
        created_at: user.at,
        updated_at: user.at,
      },
    ]),
  );
}

export async function replaceRolesOf(
  tx: Transaction,
  userId: string,
  roleIds: readonly string[],
): Promise<void> {
  await tx.execute(sql`DELETE FROM staff_user_role WHERE user_id = ${userId}`);
  if (roleIds.length === 0) return;
  const rows = [...new Set(roleIds)].map((roleId) => ({ user_id: userId, role_id: roleId }));
  await tx.execute(sql.insert('staff_user_role', rows));
}
