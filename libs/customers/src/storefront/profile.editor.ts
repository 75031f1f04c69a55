import { Injectable } from '@nestjs/common';
import { DatabaseClock, PrimaryReader, sql, UnitOfWork } from '#libs/database';
import { staleVersion } from '#libs/kernel';
import { CustomerLookup } from '../model/customer-lookup.js';
import type { Customer } from '../model/customer.js';
import { customersErrors } from '../model/customers.errors.js';
import type { Shopper } from '../model/shopper.js';

/** What is named changes, the rest stays. */
export interface ProfilePatch {
  readonly name?: string | undefined;
  readonly phone?: string | null | undefined;
  readonly locale?: string | undefined;
}

/** What customers see and change of themselves. */
@Injectable()
export class ProfileEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: PrimaryReader,
    private readonly clock: DatabaseClock,
    private readonly customers: CustomerLookup,
  ) {}

  async get({ customerId }: Shopper): Promise<Customer> {
    const customer = await this.customers.findOwn(this.database, customerId);
    if (customer === undefined) throw customersErrors.customerNotFound();
    return customer;
  }

  /** Throws `http.stale-version` when the profile is not at `version`. */
  change({ customerId }: Shopper, version: number, patch: ProfilePatch): Promise<Customer> {
    return this.unitOfWork.run(async (tx) => {
      const { name, phone, locale } = patch;
      const changes = [
        name === undefined ? undefined : sql`name = ${name}`,
        phone === undefined ? undefined : sql`phone = ${phone}`,
        locale === undefined ? undefined : sql`locale = ${locale}`,
        sql`version = version + 1`,
        sql`updated_at = ${this.clock.wallMs()}`,
      ].filter((change) => change !== undefined);
      const changed = await tx.execute(sql`
        UPDATE customer
        SET ${sql.join(changes, ', ')}
        WHERE id = ${customerId} AND version = ${version} AND erased_at IS NULL`);
      const after = await this.customers.findOwn(tx, customerId);
      if (after === undefined) throw customersErrors.customerNotFound();
      if (changed === 0) throw staleVersion(after.version);
      return after;
    });
  }
}
