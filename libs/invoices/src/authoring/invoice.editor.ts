import { Injectable } from '@nestjs/common';
import { IdempotentUnitOfWork } from '#libs/database';
import { newId } from '#libs/kernel';
import { invoicesErrors } from '../model/invoices.errors.js';
import { InvoiceDirectory } from './invoice.directory.js';
import { InvoiceMailWriter } from './invoice-mail.writer.js';

export interface InvoiceAddress {
  readonly storeCode: string;
  readonly id: string;
}

/** What staff do with documents; what stands on them nobody changes. */
@Injectable()
export class InvoiceEditor {
  constructor(
    private readonly idempotent: IdempotentUnitOfWork,
    private readonly directory: InvoiceDirectory,
    private readonly mails: InvoiceMailWriter,
  ) {}

  /**
   * Sends a document once more to the shopper of its order, once for a key; audited. Throws
   * `catalog.store-not-found`, `invoices.not-found`, `invoices.recipient-erased`, `idempotency.*`.
   */
  async resend({ storeCode, id }: InvoiceAddress, key: string): Promise<void> {
    const request = { scope: `invoice-resend:${id}`, key, body: { store: storeCode } };
    await this.idempotent.exclusively(request, () =>
      this.idempotent.run(request, async (tx) => {
        const invoice = await this.directory.getWithin(tx, storeCode, id);
        const isWritten = await this.mails.tryWrite(tx, invoice, `invoice:${id}:${newId()}`);
        if (!isWritten) throw invoicesErrors.recipientErased();
        tx.audit({ action: 'invoices:invoice:resend', entity: 'invoice', entityId: id });
        return {};
      }),
    );
  }
}
