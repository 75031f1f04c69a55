import { Injectable } from '@nestjs/common';
import { NewPasswords, normalisedEmail, PasswordHasher, SignInThrottle } from '#libs/credentials';
import { DatabaseClock, type RowOf, sql, UnitOfWork } from '#libs/database';
import { customerMailJob } from '../model/customer-mail.job.js';
import { customersErrors } from '../model/customers.errors.js';
import { endSessionsOf } from '../model/end-sessions.js';
import { MailTokenRepository } from '../model/mail-token.repository.js';
import type { Shopper } from '../model/shopper.js';
import type { CustomerEntity } from '../model/customer.entity.js';

type OwnRow = RowOf<CustomerEntity, 'id' | 'email' | 'name' | 'password_hash'>;

/** Passwords of customers: forgotten, and changed. */
@Injectable()
export class PasswordEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly hasher: PasswordHasher,
    private readonly newPasswords: NewPasswords,
    private readonly throttle: SignInThrottle,
    private readonly clock: DatabaseClock,
    private readonly tokens: MailTokenRepository,
  ) {}

  /** Sends a mail when there is such a customer; the caller is not told whether. Throws `identity.too-many-attempts`. */
  async askForReset(storeId: string, email: string, address: string): Promise<void> {
    const mailbox = normalisedEmail(email);
    this.throttle.begin(`${storeId} ${mailbox}`, address);
    await this.unitOfWork.run(async (tx) => {
      const [row] = await tx.query<RowOf<CustomerEntity, 'id'>>(sql`
        SELECT id
        FROM customer
        WHERE store_id = ${storeId} AND email = ${mailbox} AND is_blocked = 0
          AND erased_at IS NULL`);
      if (row === undefined) return;
      const payload = { customerId: row.id, kind: 'password-reset' as const };
      await tx.enqueue(customerMailJob, payload, { dedupeKey: `password-reset:${row.id}` });
    });
  }

  /**
   * Sets a new password by the link of a mail, which also shows that the mailbox is theirs. All sessions end, and
   * every link of before is void. Throws `customers.token-invalid`, `identity.password-weak`,
   * `identity.passwords-busy`.
   */
  async reset(storeId: string, token: string, password: string): Promise<void> {
    const presented = { storeId, token, now: this.clock.wallMs() };
    const holder = await this.tokens.find('password-reset', presented);
    if (holder === undefined) throw customersErrors.tokenInvalid();
    const passwordHash = await this.newPasswords.hash(password, [holder.email, holder.name]);
    await this.unitOfWork.run(async (tx) => {
      const now = this.clock.wallMs();
      const id = await this.tokens.redeem(tx, 'password-reset', { storeId, token, now });
      await tx.execute(sql`
        UPDATE customer
        SET password_hash = ${passwordHash}, verified_at = COALESCE(verified_at, ${now}),
          version = version + 1, updated_at = ${now}
        WHERE id = ${id}`);
      await this.tokens.forget(tx, id);
      await endSessionsOf(tx, id, now);
    });
  }

  /**
   * Ends the customer's other sessions; this one goes on. Guesses of the current password count as attempts to
   * sign in. Throws `customers.current-password-wrong`, `identity.password-weak`,
   * `identity.too-many-attempts`, `identity.passwords-busy`.
   */
  async change(
    { customerId, storeId, session }: Shopper,
    change: { currentPassword: string; newPassword: string; address: string },
  ): Promise<void> {
    const own = await this.own(customerId);
    const account = `${storeId} ${own.email}`;
    this.throttle.begin(account, change.address);
    if (!(await this.hasher.verify(own.password_hash, change.currentPassword))) {
      throw customersErrors.currentPasswordWrong();
    }
    this.throttle.succeeded(account, change.address);
    const passwordHash = await this.newPasswords.hash(change.newPassword, [own.email, own.name]);
    await this.unitOfWork.run(async (tx) => {
      const now = this.clock.wallMs();
      // Only over the password that was checked: a reset that came between stands.
      const changed = await tx.execute(sql`
        UPDATE customer
        SET password_hash = ${passwordHash}, version = version + 1, updated_at = ${now}
        WHERE id = ${customerId} AND is_blocked = 0 AND password_hash = ${own.password_hash}`);
      if (changed === 0) throw customersErrors.currentPasswordWrong();
      await this.tokens.forget(tx, customerId);
      await endSessionsOf(tx, customerId, now, session.id);
    });
  }

  private own(customerId: string): Promise<OwnRow> {
    return this.unitOfWork.run(async (tx) => {
      const [row] = await tx.query<OwnRow>(sql`
        SELECT id, email, name, password_hash
        FROM customer
        WHERE id = ${customerId} AND is_blocked = 0`);
      if (row === undefined) throw customersErrors.sessionExpired();
      return row;
    });
  }
}
