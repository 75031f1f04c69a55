import { Injectable } from '@nestjs/common';
import {
  DatabaseClock,
  insertRows,
  PrimaryReader,
  type RowOf,
  sql,
  UnitOfWork,
  type Transaction,
} from '#libs/database';
import { newId, staleVersion, type Address } from '#libs/kernel';
import { customerLimits } from '../model/customer.js';
import { customersErrors } from '../model/customers.errors.js';
import type { Shopper } from '../model/shopper.js';
import type { CustomerAddressEntity } from '../model/customer-address.entity.js';

export interface BookedAddress {
  readonly address: Address;
  readonly isDefaultShipping: boolean;
  readonly isDefaultBilling: boolean;
}

export interface AddressView extends BookedAddress {
  readonly id: string;
  readonly version: number;
}

type AddressRow = RowOf<
  CustomerAddressEntity,
  'id' | 'address_json' | 'is_default_shipping' | 'is_default_billing' | 'version'
>;

/** The addresses of customers, at most 50 each; every statement names the customer. */
@Injectable()
export class AddressBook {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: PrimaryReader,
    private readonly clock: DatabaseClock,
  ) {}

  async list({ customerId }: Shopper): Promise<AddressView[]> {
    const rows = await this.database.query<AddressRow>(sql`
      SELECT id, address_json, is_default_shipping, is_default_billing, version
      FROM customer_address
      WHERE customer_id = ${customerId}
      ORDER BY id`);
    return rows.map((row) => ({
      id: row.id,
      address: JSON.parse(row.address_json) as Address,
      isDefaultShipping: row.is_default_shipping === 1,
      isDefaultBilling: row.is_default_billing === 1,
      version: row.version,
    }));
  }

  /** Throws `customers.address-book-full`. */
  async add({ customerId }: Shopper, content: BookedAddress): Promise<AddressView> {
    return this.unitOfWork.run(async (tx) => {
      await tx.lock(`address-book:${customerId}`);
      const [row] = await tx.query<{ v: number }>(
        sql`
          SELECT COUNT(*) AS v
          FROM customer_address
          WHERE customer_id = ${customerId}`,
      );
      if ((row?.v ?? 0) >= customerLimits.addresses) throw customersErrors.addressBookFull();
      await this.clearDefaults(tx, customerId, content);
      const now = this.clock.wallMs();
      const id = newId();
      await insertRows(tx, 'customer_address', [
        {
          id,
          customer_id: customerId,
          address_json: JSON.stringify(content.address),
          is_default_shipping: Number(content.isDefaultShipping),
          is_default_billing: Number(content.isDefaultBilling),
          version: 1,
          created_at: now,
          updated_at: now,
        },
      ]);
      return { id, version: 1, ...content };
    });
  }

  /** Throws `customers.address-not-found`, `http.stale-version`. */
  replace(
    { customerId }: Shopper,
    id: string,
    version: number,
    content: BookedAddress,
  ): Promise<AddressView> {
    return this.unitOfWork.run(async (tx) => {
      await tx.lock(`address-book:${customerId}`);
      await this.clearDefaults(tx, customerId, content);
      const changed = await tx.execute(sql`
        UPDATE customer_address
        SET address_json = ${JSON.stringify(content.address)},
          is_default_shipping = ${content.isDefaultShipping},
          is_default_billing = ${content.isDefaultBilling},
          version = version + 1, updated_at = ${this.clock.wallMs()}
        WHERE id = ${id} AND customer_id = ${customerId} AND version = ${version}`);
      if (changed === 0) {
        const [row] = await tx.query<RowOf<CustomerAddressEntity, 'version'>>(sql`
          SELECT version
          FROM customer_address
          WHERE id = ${id} AND customer_id = ${customerId}`);
        throw row === undefined ? customersErrors.addressNotFound() : staleVersion(row.version);
      }
      return { id, version: version + 1, ...content };
    });
  }

  /** Throws `customers.address-not-found`. */
  async remove({ customerId }: Shopper, id: string): Promise<void> {
    const removed = await this.unitOfWork.run((tx) =>
      tx.execute(
        sql`DELETE FROM customer_address WHERE id = ${id} AND customer_id = ${customerId}`,
      ),
    );
    if (removed === 0) throw customersErrors.addressNotFound();
  }

  /** One address at most is the default of a kind. */
  private async clearDefaults(
    tx: Transaction,
    customerId: string,
    { isDefaultShipping, isDefaultBilling }: BookedAddress,
  ): Promise<void> {
    if (isDefaultShipping) {
      await tx.execute(
        sql`
          UPDATE customer_address
          SET is_default_shipping = 0
          WHERE customer_id = ${customerId}`,
      );
    }
    if (isDefaultBilling) {
      await tx.execute(
        sql`
          UPDATE customer_address
          SET is_default_billing = 0
          WHERE customer_id = ${customerId}`,
      );
    }
  }
}
