import { Inject, Injectable } from '@nestjs/common';
import { NewPasswords, normalisedEmail } from '#libs/credentials';
import {
  isUniqueViolation,
  sql,
  SqlReader,
  UnitOfWork,
  type Transaction,
  type RowOf,
} from '#libs/database';
import { newId, type Clock, staleVersion } from '#libs/kernel';
import { IDENTITY_CLOCK } from '../access/identity-clock.js';
import type { Principal } from '../../model/principal.js';
import { identityErrors } from '../../model/identity.errors.js';
import { identityTags } from '../../model/identity.tags.js';
import { endSessionsOf } from '../sign-in/end-sessions.js';
import { Delegation } from './delegation.js';
import {
  findStaffUser,
  insertStaffUser,
  listStaffUsers,
  replaceRolesOf,
  type Queries,
  type StaffUserView,
} from './staff-user.repository.js';
import type { ApiKeyEntity } from '../../model/api-key.entity.js';
import type { StaffSessionEntity } from '../../model/staff-session.entity.js';

export interface NewStaffUser {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly roleIds: readonly string[];
}

export interface StaffUserChange {
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly password?: string | undefined;
  readonly isActive?: boolean | undefined;
  readonly roleIds?: readonly string[] | undefined;
}

/**
 * Staff users, as the back office changes them.
 *
 * Who changes a user must hold everything the user may do before and after; an active
 * administrator always remains. A reset password ends the user's sessions and revokes the API keys
 * the user made; deactivation and removal do as well. All of it counts on every replica within a
 * second. One's own password is not reset but changed, with the current one (`OwnPasswordEditor`).
 */
@Injectable()
export class StaffUserEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: SqlReader,
    private readonly newPasswords: NewPasswords,
    @Inject(IDENTITY_CLOCK) private readonly clock: Clock,
  ) {}

  list(afterId: string, limit: number): Promise<StaffUserView[]> {
    return listStaffUsers(this.database, afterId, limit);
  }

  get(id: string): Promise<StaffUserView> {
    return getStaffUser(this.database, id);
  }

  /** Throws `identity.email-taken`, `identity.role-unknown`, `identity.grant-beyond-own`, `identity.password-weak`. */
  async create(principal: Principal, user: NewStaffUser): Promise<StaffUserView> {
    const passwordHash = await this.newPasswords.hash(user.password, [user.email, user.name]);
    const email = normalisedEmail(user.email);
    return this.write(async (tx) => {
      const delegation = await Delegation.open(tx, principal);
      delegation.assertWithin(delegation.ofRoles(user.roleIds));
      const id = newId();
      const at = this.clock.wallMs();
      await insertStaffUser(tx, { id, email, name: user.name, passwordHash, at });
      await replaceRolesOf(tx, id, user.roleIds);
      tx.invalidate(identityTags.user(id));
      const after = await getStaffUser(tx, id);
      tx.audit({ action: 'identity:user:create', entity: 'staff-user', entityId: id, after });
      return after;
    });
  }

  /** Also throws `http.stale-version`, `identity.last-administrator`, `identity.own-password`. */
  async update(
    principal: Principal,
    id: string,
    version: number,
    change: StaffUserChange,
  ): Promise<StaffUserView> {
    const passwordHash = await this.hashOfReset(principal, id, change);
    return this.write(async (tx) => {
      const { before, delegation } = await this.openForChange(tx, principal, id, version);
      await this.applyChange(tx, before, change, passwordHash);
      if (change.roleIds !== undefined) {
        delegation.assertWithin(delegation.ofRoles(change.roleIds));
        await replaceRolesOf(tx, id, change.roleIds);
      }
      if (passwordHash !== undefined || change.isActive === false) {
        await endSessionsOf(tx, id, this.clock.wallMs());
        await this.revokeKeysOf(tx, id);
      }
      await delegation.assertAdministratorRemains();
      tx.invalidate(identityTags.user(id));
      const after = await getStaffUser(tx, id);
      const secrets = passwordHash === undefined ? {} : { isPasswordChanged: true };
      tx.audit({
        action: 'identity:user:update',
        entity: 'staff-user',
        entityId: id,
        before,
        after: { ...after, ...secrets },
      });
      return after;
    });
  }

  /** Removes the user, ends the sessions and revokes the API keys the user made. */
  async delete(principal: Principal, id: string, version: number): Promise<void> {
    await this.write(async (tx) => {
      const { before, delegation } = await this.openForChange(tx, principal, id, version);
      await this.revokeKeysOf(tx, id);
      for (const tag of await sessionTags(tx, id)) tx.invalidate(tag);
      await tx.execute(sql`DELETE FROM staff_session WHERE user_id = ${id}`);
      await tx.execute(sql`DELETE FROM staff_user_role WHERE user_id = ${id}`);
      await tx.execute(sql`DELETE FROM staff_user WHERE id = ${id}`);
      await delegation.assertAdministratorRemains();
      tx.invalidate(identityTags.user(id));
      tx.audit({ action: 'identity:user:delete', entity: 'staff-user', entityId: id, before });
    });
  }

  private async hashOfReset(
    principal: Principal,
    id: string,
    { password, email, name }: StaffUserChange,
  ): Promise<string | undefined> {
    if (password === undefined) return undefined;
    if (id === principal.userId) throw identityErrors.ownPassword();
    const user = await this.get(id);
    return this.newPasswords.hash(password, [email ?? user.email, name ?? user.name]);
  }

  private async openForChange(
    tx: Transaction,
    principal: Principal,
    id: string,
    version: number,
  ): Promise<{ before: StaffUserView; delegation: Delegation }> {
    const delegation = await Delegation.open(tx, principal);
    const before = await getStaffUser(tx, id);
    if (before.version !== version) {
      throw staleVersion(before.version);
    }
    delegation.assertWithin(delegation.ofRoles(before.roles.map((role) => role.id)));
    return { before, delegation };
  }

  private async applyChange(
    tx: Transaction,
    before: StaffUserView,
    change: StaffUserChange,
    passwordHash: string | undefined,
  ): Promise<void> {
    const email = change.email === undefined ? before.email : normalisedEmail(change.email);
    const password =
      passwordHash === undefined ? sql.empty : sql`, password_hash = ${passwordHash}`;
    await tx.execute(
      sql`UPDATE staff_user SET email = ${email}, name = ${change.name ?? before.name},
            is_active = ${change.isActive ?? before.isActive}, version = ${before.version + 1},
            updated_at = ${this.clock.wallMs()}${password}
          WHERE id = ${before.id}`,
    );
  }

  private async revokeKeysOf(tx: Transaction, userId: string): Promise<void> {
    const keys = await tx.query<RowOf<ApiKeyEntity, 'id'>>(
      sql`
        SELECT id
        FROM api_key
        WHERE created_by = ${userId} AND revoked_at IS NULL`,
    );
    for (const { id } of keys) tx.invalidate(identityTags.apiKey(id));
    await tx.execute(
      sql`UPDATE api_key SET revoked_at = ${this.clock.wallMs()}
          WHERE created_by = ${userId} AND revoked_at IS NULL`,
    );
  }

  private async write<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    try {
      return await this.unitOfWork.run(work);
    } catch (error) {
      if (isUniqueViolation(this.unitOfWork.dialect, error)) throw identityErrors.emailTaken();
      throw error;
    }
  }
}

async function getStaffUser(queries: Queries, id: string): Promise<StaffUserView> {
  const user = await findStaffUser(queries, id);
  if (user === undefined) throw identityErrors.userNotFound();
  return user;
}

/** Of ended sessions too: that they have ended is cached as well, and is no longer so once they are gone. */
async function sessionTags(tx: Transaction, userId: string): Promise<string[]> {
  const sessions = await tx.query<RowOf<StaffSessionEntity, 'id'>>(
    sql`
      SELECT id
      FROM staff_session
      WHERE user_id = ${userId}`,
  );
  return sessions.map(({ id }) => identityTags.session(id));
}
