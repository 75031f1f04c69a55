import { Injectable } from '@nestjs/common';
import { CustomerLookup } from '#libs/customers';
import type { Transaction } from '#libs/database';
import { MailOutbox, writeLetter } from '#libs/mail';
import { OrderLookup } from '#libs/orders';
import type { Invoice } from '../model/invoice.js';
import { invoiceBlocks, titleOf } from '../model/page/invoice-blocks.js';
import { invoiceWords } from '../model/page/invoice-words.js';
import { INVOICE_ATTACHMENT } from './invoice-attachments.js';

/** Sends documents to the shopper of their order: as text and HTML, with the PDF. */
@Injectable()
export class InvoiceMailWriter {
  constructor(
    private readonly orders: OrderLookup,
    private readonly customers: CustomerLookup,
    private readonly outbox: MailOutbox,
  ) {}

  /** There is one mail for a key. False, and none: the person was erased, and is written to no more. */
  async tryWrite(tx: Transaction, invoice: Invoice, dedupeKey: string): Promise<boolean> {
    const order = await this.orders.findForShop(tx, invoice.orderId);
    if (order === undefined || (await this.customers.isErased(tx, order.customerId))) return false;
    const { language, storeName } = invoice.content;
    const title = titleOf(invoice);
    const text = invoiceWords(language).letters[invoice.kind];
    const blocks = [{ kind: 'paragraph', text } as const, ...invoiceBlocks(invoice)];
    await this.outbox.add(tx, {
      storeId: invoice.storeId,
      kind: invoice.kind,
      to: order.email,
      language,
      subject: `${storeName}: ${title}`,
      ...writeLetter({ language, title, blocks }),
      dedupeKey,
      attachment: { source: INVOICE_ATTACHMENT, id: invoice.id },
    });
    return true;
  }
}
