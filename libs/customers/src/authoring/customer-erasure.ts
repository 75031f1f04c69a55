import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#libs/database';
import { staleVersion } from '#libs/kernel';
import { StoreLookup } from '#libs/stores';
import { CustomerLookup } from '../model/customer-lookup.js';
import { customersErrors } from '../model/customers.errors.js';
import type { CustomerAddress } from './customer.editor.js';
import { eraseCustomerJob } from './erase-customer.job.js';

/** Orders that a person be forgotten. */
@Injectable()
export class CustomerErasure {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly stores: StoreLookup,
    private readonly customers: CustomerLookup,
  ) {}

  /**
   * Resolves with the id of the job; asking again while it waits gives the same. Throws
   * `catalog.store-not-found`, `customers.customer-not-found`, `http.stale-version`.
   */
  request({ storeCode, id }: CustomerAddress, version: number): Promise<string> {
    return this.unitOfWork.run(async (tx) => {
      const store = await this.stores.getByCode(tx, storeCode);
      const customer = await this.customers.findInStore(tx, store.id, id);
      if (customer === undefined || customer.erasedAt !== null) {
        throw customersErrors.customerNotFound();
      }
      if (customer.version !== version) throw staleVersion(customer.version);
      tx.audit({ action: 'customers:customer:erase', entity: 'customer', entityId: id });
      return tx.enqueue(eraseCustomerJob, { customerId: id }, { dedupeKey: `erase:${id}` });
    });
  }
}
