import { Injectable } from '@nestjs/common';
import { SqlReader, UnitOfWork, type Transaction } from '#libs/database';
import { StoreLookup } from '#libs/stores';
import {
  CreditLedger,
  type CreditAccountView,
  type CreditEntryView,
} from '../model/credit-ledger.js';
import { CustomerLookup } from '../model/customer-lookup.js';
import { customersErrors } from '../model/customers.errors.js';
import { CustomerDirectory } from './customer.directory.js';
import type { CustomerAddress } from './customer.editor.js';

export interface StaffCreditEntry {
  readonly amountMinor: number;
  readonly note: string;
  /** Chosen by the caller: with it the same entry is written once. */
  readonly reference: string;
}

/** Credit accounts, as staff see and write them; one unit of work each, audited. */
@Injectable()
export class CreditEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: SqlReader,
    private readonly stores: StoreLookup,
    private readonly customers: CustomerLookup,
    private readonly directory: CustomerDirectory,
    private readonly ledger: CreditLedger,
  ) {}

  /** Throws `catalog.store-not-found`, `customers.customer-not-found`, as every method does. */
  async list({ storeCode, id }: CustomerAddress): Promise<CreditAccountView[]> {
    await this.directory.get(storeCode, id);
    return this.ledger.list(this.database, id);
  }

  /** Newest first, at most `limit` with an id less than `beforeId`. */
  async listEntries(
    { storeCode, id }: CustomerAddress,
    currency: string,
    beforeId: number,
    limit: number,
  ): Promise<CreditEntryView[]> {
    await this.directory.get(storeCode, id);
    return this.ledger.listEntries(this.database, { customerId: id, currency }, beforeId, limit);
  }

  enter(
    address: CustomerAddress,
    currency: string,
    { amountMinor, note, reference }: StaffCreditEntry,
  ): Promise<CreditAccountView> {
    return this.write(address, currency, 'enter', { amountMinor, reference }, (tx) =>
      this.ledger.enter(
        tx,
        { customerId: address.id, currency },
        { amountMinor, kind: 'staff', reference, note },
      ),
    );
  }

  setLimit(
    address: CustomerAddress,
    currency: string,
    limitMinor: number,
  ): Promise<CreditAccountView> {
    return this.write(address, currency, 'set-limit', { limitMinor }, (tx) =>
      this.ledger.setLimit(tx, { customerId: address.id, currency }, limitMinor),
    );
  }

  private write(
    { storeCode, id }: CustomerAddress,
    currency: string,
    action: string,
    after: Readonly<Record<string, unknown>>,
    work: (tx: Transaction) => Promise<void>,
  ): Promise<CreditAccountView> {
    return this.unitOfWork.run(async (tx) => {
      const store = await this.stores.getByCode(tx, storeCode);
      const customer = await this.customers.findInStore(tx, store.id, id);
      if (customer === undefined || customer.erasedAt !== null) {
        throw customersErrors.customerNotFound();
      }
      if (!store.currencies.includes(currency)) throw customersErrors.currencyUnknown();
      await work(tx);
      tx.audit({
        action: `customers:credit:${action}`,
        entity: 'customer',
        entityId: id,
        after: { currency, ...after },
      });
      const accounts = await this.ledger.list(tx, id);
      const account = accounts.find((each) => each.currency === currency);
      if (account === undefined) throw customersErrors.currencyUnknown();
      return account;
    });
  }
}
