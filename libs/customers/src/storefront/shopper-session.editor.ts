import { Injectable } from '@nestjs/common';
import { normalisedEmail, PasswordHasher, SignInThrottle } from '#libs/credentials';
import {
  DatabaseClock,
  PrimaryReader,
  type RowOf,
  UnitOfWork,
  sql,
  type Transaction,
} from '#libs/database';
import { currentContext } from '#libs/kernel';
import { customerMailJob } from '../model/customer-mail.job.js';
import { customersErrors } from '../model/customers.errors.js';
import { customersTags } from '../model/customers.tags.js';
import type { Shopper } from '../model/shopper.js';
import { ShopperSessionRepository, type NewShopperSession } from './shopper-session.repository.js';
import type { CustomerEntity } from '../model/customer.entity.js';

/** Another sign-in may renew an outdated hash between our check and our write, once. */
const MAX_ROUNDS = 2;

export interface ShopperSignIn {
  readonly storeId: string;
  readonly email: string;
  readonly password: string;
  /** Where the request comes from, for throttling. */
  readonly address: string;
  /** What the browser calls itself, for the list of one's own sessions. */
  readonly device: string | null;
}

/** A session as its owner sees it. Times are epoch milliseconds. */
export interface ShopperSessionView {
  readonly id: string;
  readonly device: string | null;
  readonly createdAt: number;
  readonly expiresAt: number;
}

type LoginRow = RowOf<CustomerEntity, 'id' | 'password_hash' | 'is_blocked' | 'verified_at'>;

/** Shoppers signing in and out. */
@Injectable()
export class ShopperSessionEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: PrimaryReader,
    private readonly hasher: PasswordHasher,
    private readonly throttle: SignInThrottle,
    private readonly clock: DatabaseClock,
    private readonly sessions: ShopperSessionRepository,
  ) {}

  /**
   * Opens a session of 30 days. `alongside` is done in the same unit of work, such as making the cart of the guest
   * the customer's: when it fails, there is no session and nothing has changed.
   *
   * An unknown address, a wrong password and a blocked customer are the same answer after the same work
   * (`customers.credentials-wrong`); `customers.email-unverified` is said only to the holder of the
   * password, and sends the mail again. Also throws `identity.too-many-attempts` and `identity.passwords-busy`.
   */
  async signIn<T>(
    request: ShopperSignIn,
    alongside: (tx: Transaction, customerId: string) => Promise<T>,
  ): Promise<{ readonly session: NewShopperSession; readonly result: T }> {
    const email = normalisedEmail(request.email);
    const account = `${request.storeId} ${email}`;
    this.throttle.begin(account, request.address);
    for (let round = 1; round <= MAX_ROUNDS; round += 1) {
      const customer = await this.verified(request.storeId, email, request.password);
      if (customer === undefined) break;
      if (customer.verified_at === null) await this.refuseUnverified(customer.id);
      const opened = await this.openIfUnchanged(customer, request, alongside);
      if (opened === undefined) continue;
      this.throttle.succeeded(account, request.address);
      return opened;
    }
    throw customersErrors.credentialsWrong();
  }

  /** The shopper's own sessions that go on, oldest first, at most `limit` with an id greater than `afterId`. */
  listOwn(
    { customerId }: Shopper,
    afterId: string,
    limit: number,
  ): Promise<readonly ShopperSessionView[]> {
    return this.sessions.listLive(
      this.database,
      customerId,
      { afterId, limit },
      this.clock.wallMs(),
    );
  }

  /** Ends one of the shopper's own sessions, on every replica. Throws `customers.session-not-found`. */
  async endOwn({ customerId }: Shopper, id: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const ended = await tx.execute(sql`
        UPDATE shopper_session
        SET revoked_at = ${this.clock.wallMs()}
        WHERE id = ${id} AND customer_id = ${customerId} AND revoked_at IS NULL`);
      if (ended === 0) throw customersErrors.sessionNotFound();
      tx.invalidate(customersTags.session(id));
    });
  }

  private async verified(
    storeId: string,
    email: string,
    password: string,
  ): Promise<LoginRow | undefined> {
    const [customer] = await this.database.query<LoginRow>(sql`
      SELECT id, password_hash, is_blocked, verified_at
      FROM customer
      WHERE store_id = ${storeId} AND email = ${email}`);
    const matches = await this.hasher.verify(customer?.password_hash, password);
    return matches && customer?.is_blocked === 0 ? customer : undefined;
  }

  private async refuseUnverified(customerId: string): Promise<never> {
    const dedupeKey = `verification:${customerId}`;
    const payload = { customerId, kind: 'verification' as const };
    await this.unitOfWork.run((tx) => tx.enqueue(customerMailJob, payload, { dedupeKey }));
    throw customersErrors.emailUnverified();
  }

  /**
   * Checking the password takes a while and happens outside a transaction. Undefined when the customer
   * was blocked or got another hash meanwhile.
   */
  private async openIfUnchanged<T>(
    customer: LoginRow,
    { password, device }: ShopperSignIn,
    alongside: (tx: Transaction, customerId: string) => Promise<T>,
  ): Promise<{ readonly session: NewShopperSession; readonly result: T } | undefined> {
    const newHash = this.hasher.isOutdated(customer.password_hash)
      ? await this.hasher.hash(password)
      : customer.password_hash;
    const context = currentContext();
    if (context !== undefined) {
      context.actor = { kind: 'customer', id: customer.id, name: 'customer' };
    }
    return this.unitOfWork.run(async (tx) => {
      // A write, so that nothing can change the customer until this transaction ends.
      const unchanged = await tx.execute(sql`
        UPDATE customer
        SET password_hash = ${newHash}
        WHERE id = ${customer.id} AND is_blocked = 0 AND password_hash = ${customer.password_hash}`);
      if (unchanged === 0) return undefined;
      const now = this.clock.wallMs();
      const session = await this.sessions.open(tx, { customerId: customer.id, device, now });
      return { session, result: await alongside(tx, customer.id) };
    });
  }
}
