import { Inject, Injectable } from '@nestjs/common';
import { NewPasswords, PasswordHasher, SignInThrottle } from '#libs/credentials';
import { type RowOf, sql, UnitOfWork } from '#libs/database';
import type { Clock } from '#libs/kernel';
import { IDENTITY_CLOCK } from '../access/identity-clock.js';
import type { Principal } from '../../model/principal.js';
import { identityErrors } from '../../model/identity.errors.js';
import { identityTags } from '../../model/identity.tags.js';
import { endSessionsOf } from './end-sessions.js';
import type { StaffUserEntity } from '../../model/staff-user.entity.js';

export interface PasswordChange {
  readonly currentPassword: string;
  readonly newPassword: string;
  /** Where the request comes from, for throttling. */
  readonly address: string;
}

type OwnRow = RowOf<StaffUserEntity, 'email' | 'name' | 'password_hash'>;

/** A staff user's own password. */
@Injectable()
export class OwnPasswordEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly hasher: PasswordHasher,
    private readonly newPasswords: NewPasswords,
    private readonly throttle: SignInThrottle,
    @Inject(IDENTITY_CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Ends the user's other sessions; this one and the API keys go on. Guesses of the current password
   * count as attempts to sign in.
   *
   * Throws `identity.session-required` for an API key, `identity.current-password-wrong`,
   * `identity.password-weak`, `identity.too-many-attempts`, `identity.passwords-busy`.
   */
  async change(principal: Principal, change: PasswordChange): Promise<void> {
    if (principal.credential.kind !== 'session') throw identityErrors.sessionRequired();
    const user = await this.unitOfWork.run(async (tx) => {
      const [row] = await tx.query<OwnRow>(
        sql`SELECT email, name, password_hash
            FROM staff_user
            WHERE id = ${principal.userId} AND is_active = 1`,
      );
      return row;
    });
    if (user === undefined) throw identityErrors.notAuthenticated();
    this.throttle.begin(user.email, change.address);
    if (!(await this.hasher.verify(user.password_hash, change.currentPassword))) {
      throw identityErrors.currentPasswordWrong();
    }
    this.throttle.succeeded(user.email, change.address);
    const passwordHash = await this.newPasswords.hash(change.newPassword, [user.email, user.name]);
    await this.store(principal, user, passwordHash);
  }

  private async store(principal: Principal, user: OwnRow, passwordHash: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      // Only over the password that was checked: a reset that came between stands.
      const changed = await tx.execute(
        sql`UPDATE staff_user
            SET password_hash = ${passwordHash}, version = version + 1, updated_at = ${this.clock.wallMs()}
            WHERE id = ${principal.userId} AND is_active = 1 AND password_hash = ${user.password_hash}`,
      );
      if (changed === 0) throw identityErrors.currentPasswordWrong();
      await endSessionsOf(tx, principal.userId, this.clock.wallMs(), principal.credential.id);
      tx.invalidate(identityTags.user(principal.userId));
      tx.audit({
        action: 'identity:user:update',
        entity: 'staff-user',
        entityId: principal.userId,
        after: { isPasswordChanged: true },
      });
    });
  }
}
