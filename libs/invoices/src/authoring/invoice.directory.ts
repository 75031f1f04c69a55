import { Injectable } from '@nestjs/common';
import { SqlReader, type SqlQueries } from '#libs/database';
import { StoreLookup } from '#libs/stores';
import {
  InvoiceLookup,
  type InvoiceFilter,
  type InvoicePosition,
} from '../model/invoice-lookup.js';
import { invoicesErrors } from '../model/invoices.errors.js';
import type { Invoice, InvoiceHead } from '../model/invoice.js';

/** Invoices and credit notes as the back office reads them, always within one store. */
@Injectable()
export class InvoiceDirectory {
  constructor(
    private readonly database: SqlReader,
    private readonly stores: StoreLookup,
    private readonly invoices: InvoiceLookup,
  ) {}

  /** Newest first, at most `limit` behind `after`. Throws `catalog.store-not-found`. */
  async list(
    storeCode: string,
    filter: InvoiceFilter,
    after: InvoicePosition | undefined,
    limit: number,
  ): Promise<readonly InvoiceHead[]> {
    const store = await this.stores.getByCode(this.database, storeCode);
    return this.invoices.list(this.database, store.id, filter, after, limit);
  }

  /** Throws `catalog.store-not-found`, `invoices.not-found`. */
  get(storeCode: string, id: string): Promise<Invoice> {
    return this.getWithin(this.database, storeCode, id);
  }

  /** The same, as a unit of work sees it. */
  async getWithin(queries: SqlQueries, storeCode: string, id: string): Promise<Invoice> {
    const store = await this.stores.getByCode(queries, storeCode);
    const invoice = await this.invoices.findInStore(queries, store.id, id);
    if (invoice === undefined) throw invoicesErrors.notFound();
    return invoice;
  }
}
