import { Injectable } from '@nestjs/common';
import { normalisedEmail } from '#libs/credentials';
import { DatabaseClock, sql, UnitOfWork, type Transaction, type RowOf } from '#libs/database';
import { staleVersion } from '#libs/kernel';
import { StoreLookup, storesErrors } from '#libs/stores';
import { CustomerLookup } from '../model/customer-lookup.js';
import type { Customer } from '../model/customer.js';
import { customersErrors } from '../model/customers.errors.js';
import { customersTags } from '../model/customers.tags.js';
import { endSessionsOf } from '../model/end-sessions.js';
import { MailTokenRepository } from '../model/mail-token.repository.js';
import { mailboxLock } from '../model/mailbox-lock.js';
import type { CustomerEntity } from '../model/customer.entity.js';
import type { CustomerGroupEntity } from '../model/customer-group.entity.js';

/** Names one customer the way staff may: an id counts only within the store. */
export interface CustomerAddress {
  readonly storeCode: string;
  readonly id: string;
}

/** What is named changes, the rest stays. */
export interface CustomerPatch {
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly phone?: string | null | undefined;
  readonly locale?: string | undefined;
  /** Code of a group; null: in none. */
  readonly group?: string | null | undefined;
  readonly isBlocked?: boolean | undefined;
}

/**
 * Customers, as staff change them; one unit of work each, based on a version. What is audited names the fields and
 * not what they hold: the audit log is kept for longer than a person may want to be known.
 */
@Injectable()
export class CustomerEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: DatabaseClock,
    private readonly stores: StoreLookup,
    private readonly customers: CustomerLookup,
    private readonly tokens: MailTokenRepository,
  ) {}

  /**
   * Who is blocked or gets another e-mail address is signed out everywhere, and links of before are void.
   *
   * Throws `catalog.store-not-found`, `customers.customer-not-found`, `http.stale-version`,
   * `customers.email-taken`, `customers.group-unknown`, `catalog.locale-unknown`.
   */
  update(
    { storeCode, id }: CustomerAddress,
    version: number,
    patch: CustomerPatch,
  ): Promise<Customer> {
    return this.unitOfWork.run(async (tx) => {
      const { id: storeId, locales } = await this.stores.getByCode(tx, storeCode);
      if (patch.locale !== undefined && !locales.includes(patch.locale)) {
        throw storesErrors.localeUnknown({ details: { locales } });
      }
      const before = await this.customers.findInStore(tx, storeId, id);
      if (before === undefined || before.erasedAt !== null) {
        throw customersErrors.customerNotFound();
      }
      const now = this.clock.wallMs();
      const email = patch.email === undefined ? before.email : normalisedEmail(patch.email);
      if (email !== before.email) await this.assertFree(tx, storeId, email);
      const isBlocked = patch.isBlocked ?? before.isBlocked;
      const { name = before.name, phone = before.phone, locale = before.locale } = patch;
      const changed = await tx.execute(sql`
        UPDATE customer
        SET email = ${email}, name = ${name}, phone = ${phone}, locale = ${locale},
          group_id = ${await this.groupId(tx, before, patch.group)}, is_blocked = ${isBlocked},
          version = version + 1, updated_at = ${now}
        WHERE store_id = ${storeId} AND id = ${id} AND version = ${version}`);
      if (changed === 0) throw staleVersion(before.version);
      tx.invalidate(customersTags.customer(id));
      if (isBlocked || email !== before.email) {
        await this.tokens.forget(tx, id);
        await endSessionsOf(tx, id, now);
      }
      tx.audit({
        action: 'customers:customer:update',
        entity: 'customer',
        entityId: id,
        before: { isBlocked: before.isBlocked, group: before.group?.code ?? null },
        after: { fields: Object.keys(patch).toSorted(), isBlocked, group: patch.group },
      });
      return (await this.customers.findInStore(tx, storeId, id)) ?? before;
    });
  }

  private async assertFree(tx: Transaction, storeId: string, email: string): Promise<void> {
    await tx.lock(mailboxLock(storeId, email));
    const [other] = await tx.query<RowOf<CustomerEntity, 'id'>>(
      sql`
        SELECT id
        FROM customer
        WHERE store_id = ${storeId} AND email = ${email}`,
    );
    if (other !== undefined) throw customersErrors.emailTaken();
  }

  private async groupId(
    tx: Transaction,
    { storeId, group }: Customer,
    code: string | null | undefined,
  ): Promise<string | null> {
    if (code === undefined) return group?.id ?? null;
    if (code === null) return null;
    const [row] = await tx.query<RowOf<CustomerGroupEntity, 'id'>>(
      sql`
        SELECT id
        FROM customer_group
        WHERE store_id = ${storeId} AND code = ${code}`,
    );
    if (row === undefined) throw customersErrors.groupUnknown({ details: { group: code } });
    return row.id;
  }
}
