import { Injectable } from '@nestjs/common';
import { DatabaseClock, PrimaryReader, UnitOfWork, type SqlQueries } from '#libs/database';
import { currentContext, newId } from '#libs/kernel';
import { StoreLookup } from '#libs/stores';
import type { Customer } from '../../model/customer.js';
import { CustomerLookup } from '../../model/customer-lookup.js';
import { customersErrors } from '../../model/customers.errors.js';
import type { CustomerAddress } from '../customer.editor.js';
import { exportCustomerJob } from './export-customer.job.js';
import { PersonalExportRepository, type PersonalExport } from './personal-export.repository.js';

/** How long a file can be downloaded. */
export const PERSONAL_EXPORT_KEPT_MS = 7 * 24 * 3_600_000;

/** A file as it is downloaded. */
export interface PersonalFile {
  readonly sizeBytes: number;
  /** One piece at a time. Rejects with `customers.export-not-found` when it is taken away meanwhile. */
  readonly content: AsyncIterable<Buffer>;
}

/** Exports of what is known of a person, as staff ask for them, always within a store. */
@Injectable()
export class PersonalExports {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: PrimaryReader,
    private readonly clock: DatabaseClock,
    private readonly stores: StoreLookup,
    private readonly customers: CustomerLookup,
    private readonly exports: PersonalExportRepository,
  ) {}

  /**
   * Asking again while one waits gives that one; a finished one replaces the person's earlier files. Throws
   * `catalog.store-not-found`, and `customers.customer-not-found` also for a person who was erased.
   */
  request(address: CustomerAddress): Promise<PersonalExport> {
    return this.unitOfWork.run(async (tx) => {
      const customer = await this.person(tx, address);
      const waiting = await this.exports.findWaiting(tx, customer.id);
      if (waiting !== undefined) return waiting;
      const id = newId();
      const createdAt = this.clock.wallMs();
      const wanted: PersonalExport = {
        id,
        customerId: customer.id,
        jobId: await tx.enqueue(exportCustomerJob, { exportId: id }),
        state: 'waiting',
        requestedBy: currentContext()?.actor?.id ?? null,
        chunkCount: 0,
        sizeBytes: 0,
        createdAt,
        expiresAt: createdAt + PERSONAL_EXPORT_KEPT_MS,
      };
      await this.exports.insert(tx, wanted);
      tx.audit({
        action: 'customers:customer:export',
        entity: 'customer',
        entityId: customer.id,
        after: { exportId: id },
      });
      return wanted;
    });
  }

  /** Throws `catalog.store-not-found`, `customers.customer-not-found`, `customers.export-not-found`. */
  get(address: CustomerAddress, exportId: string): Promise<PersonalExport> {
    return this.find(this.database, address, exportId);
  }

  /** Audited. Throws what {@link get} throws, and `customers.export-unfinished`. */
  download(address: CustomerAddress, exportId: string): Promise<PersonalFile> {
    return this.unitOfWork.run(async (tx) => {
      const found = await this.find(tx, address, exportId);
      if (found.state !== 'finished') throw customersErrors.exportUnfinished();
      tx.audit({
        action: 'customers:customer:export-download',
        entity: 'customer',
        entityId: found.customerId,
        after: { exportId },
      });
      return { sizeBytes: found.sizeBytes, content: this.read(found) };
    });
  }

  private async find(
    queries: SqlQueries,
    address: CustomerAddress,
    exportId: string,
  ): Promise<PersonalExport> {
    const customer = await this.person(queries, address);
    const found = await this.exports.find(queries, customer.id, exportId);
    if (found === undefined || found.expiresAt <= this.clock.wallMs()) {
      throw customersErrors.exportNotFound();
    }
    return found;
  }

  private async person(queries: SqlQueries, { storeCode, id }: CustomerAddress): Promise<Customer> {
    const store = await this.stores.getByCode(queries, storeCode);
    const customer = await this.customers.findInStore(queries, store.id, id);
    if (customer === undefined || customer.erasedAt !== null) {
      throw customersErrors.customerNotFound();
    }
    return customer;
  }

  private async *read({ id, chunkCount }: PersonalExport): AsyncGenerator<Buffer, void, undefined> {
    for (let sequence = 0; sequence < chunkCount; sequence += 1) {
      const content = await this.exports.readChunk(this.database, id, sequence);
      if (content === undefined) throw customersErrors.exportNotFound();
      yield content;
    }
  }
}
