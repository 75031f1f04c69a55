import { Inject, Injectable } from '@nestjs/common';
import {
  isUniqueViolation,
  type RowOf,
  sql,
  SqlReader,
  UnitOfWork,
  type Transaction,
} from '#libs/database';
import { newId, type Clock, staleVersion } from '#libs/kernel';
import { IDENTITY_CLOCK } from '../access/identity-clock.js';
import type { Principal } from '../../model/principal.js';
import { identityErrors } from '../../model/identity.errors.js';
import { identityTags } from '../../model/identity.tags.js';
import { PermissionCatalog } from '../../model/permission-catalog.js';
import type { PermissionSet } from '../../model/permission-set.js';
import { Delegation } from './delegation.js';
import type { Queries } from './staff-user.repository.js';
import type { RoleEntity } from '../../model/role.entity.js';

export interface RoleView {
  readonly id: string;
  readonly name: string;
  readonly permissions: PermissionSet;
  readonly version: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface RoleContent {
  readonly name: string;
  readonly permissions: PermissionSet;
}

type RoleRow = RowOf<RoleEntity>;

const COLUMNS = sql`id, name, permissions_json, version, created_at, updated_at`;

/**
 * Roles, as the back office changes them. A user who changes a role must hold all it allows before and
 * after; an active administrator always remains.
 */
@Injectable()
export class RoleEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: SqlReader,
    @Inject(IDENTITY_CLOCK) private readonly clock: Clock,
    private readonly catalog: PermissionCatalog,
  ) {}

  /** In the order of their creation, at most `limit` roles with an id greater than `afterId`. */
  async list(afterId: string, limit: number): Promise<RoleView[]> {
    const rows = await this.database.query<RoleRow>(
      sql`
        SELECT ${COLUMNS}
        FROM role
        WHERE id > ${afterId}
        ORDER BY id
        ${sql.limit(limit)}`,
    );
    return rows.map(toView);
  }

  get(id: string): Promise<RoleView> {
    return getRole(this.database, id);
  }

  /** Throws `identity.permission-unknown`, `identity.grant-beyond-own`, `identity.role-name-taken`. */
  async create(principal: Principal, content: RoleContent): Promise<RoleView> {
    const permissions = this.catalog.checked(content.permissions);
    return this.write(async (tx) => {
      const delegation = await Delegation.open(tx, principal);
      delegation.assertWithin(permissions);
      const id = newId();
      const now = this.clock.wallMs();
      await tx.execute(
        sql.insert('role', [
          {
            id,
            name: content.name,
            permissions_json: JSON.stringify(permissions),
            version: 1,
            created_at: now,
            updated_at: now,
          },
        ]),
      );
      tx.invalidate(identityTags.role(id));
      const after = await getRole(tx, id);
      tx.audit({ action: 'identity:role:create', entity: 'role', entityId: id, after });
      return after;
    });
  }

  /** Also throws `http.stale-version`, `identity.last-administrator`. */
  async update(
    principal: Principal,
    id: string,
    version: number,
    content: RoleContent,
  ): Promise<RoleView> {
    const permissions = this.catalog.checked(content.permissions);
    return this.write(async (tx) => {
      const { before, delegation } = await openForChange(tx, principal, id, version);
      delegation.assertWithin(permissions);
      await tx.execute(
        sql`UPDATE role SET name = ${content.name}, permissions_json = ${JSON.stringify(permissions)},
              version = ${version + 1}, updated_at = ${this.clock.wallMs()}
            WHERE id = ${id}`,
      );
      await delegation.assertAdministratorRemains();
      tx.invalidate(identityTags.role(id));
      const after = await getRole(tx, id);
      tx.audit({ action: 'identity:role:update', entity: 'role', entityId: id, before, after });
      return after;
    });
  }

  /** Throws `identity.role-in-use` while users have the role. */
  async delete(principal: Principal, id: string, version: number): Promise<void> {
    await this.write(async (tx) => {
      const { before } = await openForChange(tx, principal, id, version);
      const [use] = await tx.query<{ users: number }>(
        sql`
          SELECT COUNT(*) AS users
          FROM staff_user_role
          WHERE role_id = ${id}`,
      );
      const users = use?.users ?? 0;
      if (users > 0) throw identityErrors.roleInUse({ details: { users } });
      await tx.execute(sql`DELETE FROM role WHERE id = ${id}`);
      tx.invalidate(identityTags.role(id));
      tx.audit({ action: 'identity:role:delete', entity: 'role', entityId: id, before });
    });
  }

  private async write<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    try {
      return await this.unitOfWork.run(work);
    } catch (error) {
      if (isUniqueViolation(this.unitOfWork.dialect, error)) throw identityErrors.roleNameTaken();
      throw error;
    }
  }
}

async function openForChange(
  tx: Transaction,
  principal: Principal,
  id: string,
  version: number,
): Promise<{ before: RoleView; delegation: Delegation }> {
  const delegation = await Delegation.open(tx, principal);
  const before = await getRole(tx, id);
  if (before.version !== version) {
    throw staleVersion(before.version);
  }
  delegation.assertWithin(before.permissions);
  return { before, delegation };
}

async function getRole(queries: Queries, id: string): Promise<RoleView> {
  const [row] = await queries.query<RoleRow>(sql`
    SELECT ${COLUMNS}
    FROM role
    WHERE id = ${id}`);
  if (row === undefined) throw identityErrors.roleNotFound();
  return toView(row);
}

function toView(row: RoleRow): RoleView {
  return {
    id: row.id,
    name: row.name,
    permissions: JSON.parse(row.permissions_json) as string[],
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
