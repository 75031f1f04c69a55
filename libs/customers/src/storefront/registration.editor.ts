import { Injectable } from '@nestjs/common';
import { normalisedEmail, NewPasswords, SignInThrottle } from '#libs/credentials';
import {
  DatabaseClock,
  insertRows,
  type RowOf,
  sql,
  UnitOfWork,
  type Transaction,
} from '#libs/database';
import { newId } from '#libs/kernel';
import { customerMailJob } from '../model/customer-mail.job.js';
import type { CustomerMailKind } from '../model/customer.js';
import { MailTokenRepository } from '../model/mail-token.repository.js';
import { mailboxLock } from '../model/mailbox-lock.js';
import type { CustomerEntity } from '../model/customer.entity.js';

export interface Registration {
  readonly store: { readonly id: string; readonly code: string };
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly locale: string;
  /** Where the request comes from, for throttling. */
  readonly address: string;
}

type KnownRow = RowOf<CustomerEntity, 'id' | 'verified_at'>;

/** Becoming a customer: an account counts when the mailbox was shown to be its owner's. */
@Injectable()
export class RegistrationEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly newPasswords: NewPasswords,
    private readonly throttle: SignInThrottle,
    private readonly clock: DatabaseClock,
    private readonly tokens: MailTokenRepository,
  ) {}

  /**
   * Whether the address is new, waits for its confirmation or belongs to a customer is told to the mailbox and
   * not to the caller: the answer and the work are the same. An account that was never confirmed is
   * overwritten, and links of before no longer open it, so that a stranger's password does not stay.
   *
   * Throws `identity.password-weak`, `identity.too-many-attempts`, `identity.passwords-busy`.
   */
  async register(registration: Registration): Promise<void> {
    const email = normalisedEmail(registration.email);
    this.throttle.begin(`${registration.store.id} ${email}`, registration.address);
    const passwordHash = await this.newPasswords.hash(registration.password, [
      email,
      registration.name,
    ]);
    await this.unitOfWork.run(async (tx) => {
      const { id, kind } = await this.enter(tx, { ...registration, email }, passwordHash);
      const dedupeKey = `${kind}:${id}`;
      await tx.enqueue(customerMailJob, { customerId: id, kind }, { dedupeKey });
    });
  }

  /** The mailbox is its owner's. Throws `customers.token-invalid`. */
  async verify(storeId: string, token: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const now = this.clock.wallMs();
      const customerId = await this.tokens.redeem(tx, 'verification', { storeId, token, now });
      await tx.execute(sql`
        UPDATE customer
        SET verified_at = ${now}, version = version + 1, updated_at = ${now}
        WHERE id = ${customerId} AND verified_at IS NULL`);
    });
  }

  private async enter(
    tx: Transaction,
    { store, email, name, locale }: Registration,
    passwordHash: string,
  ): Promise<{ readonly id: string; readonly kind: CustomerMailKind }> {
    const now = this.clock.wallMs();
    await tx.lock(mailboxLock(store.id, email));
    const [known] = await tx.query<KnownRow>(sql`
      SELECT id, verified_at
      FROM customer
      WHERE store_id = ${store.id} AND email = ${email}`);
    if (known === undefined) {
      const id = newId();
      await insertRows(tx, 'customer', [
        {
          id,
          store_id: store.id,
          store_code: store.code,
          email,
          name,
          locale,
          password_hash: passwordHash,
          is_blocked: 0,
          version: 1,
          created_at: now,
          updated_at: now,
        },
      ]);
      return { id, kind: 'verification' };
    }
    if (known.verified_at !== null) return { id: known.id, kind: 'already-registered' };
    await this.tokens.forget(tx, known.id);
    await tx.execute(sql`
      UPDATE customer
      SET name = ${name}, locale = ${locale}, password_hash = ${passwordHash},
        version = version + 1, updated_at = ${now}
      WHERE id = ${known.id} AND verified_at IS NULL`);
    return { id: known.id, kind: 'verification' };
  }
}
