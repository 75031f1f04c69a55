import { Injectable } from '@nestjs/common';
import { DatabaseClock, insertRows, type RowOf, sql, type Transaction } from '#libs/database';
import { newId } from '#libs/kernel';
import type { InvoicingSettings } from '#libs/stores';
import type { InvoiceSeriesEntity } from '../model/invoice-series.entity.js';
import type { Invoice } from '../model/invoice.js';

/** A document that has no number yet. */
export type NewInvoice = Omit<Invoice, 'id' | 'number' | 'issuedAt'>;

/** Digits of a number; a series that outgrows them goes on with more. */
const DIGITS = 5;

/**
 * Enters documents, each with the next number of its series: of a store, a prefix and a year (UTC). The number
 * is taken in the transaction that stores the document, so a series has no gaps: what rolls back gives its number
 * back, and the next one waits until then. Times are those of the database as each replica has read
 * them, so neighbours may be apart by what its readings differ.
 */
@Injectable()
export class InvoiceRegister {
  constructor(private readonly clock: DatabaseClock) {}

  /** Throws what the database throws for a subject that has a document: there is never a second one. */
  async enter(
    tx: Transaction,
    invoice: NewInvoice,
    { invoicePrefix, creditNotePrefix }: InvoicingSettings,
  ): Promise<Invoice> {
    const prefix = invoice.kind === 'invoice' ? invoicePrefix : creditNotePrefix;
    await tx.lock(`invoice-series:${invoice.storeId}:${prefix}`);
    const issuedAt = this.clock.wallMs();
    const series = `${prefix}${new Date(issuedAt).getUTCFullYear()}`;
    const count = await this.next(tx, invoice.storeId, series);
    const number = `${series}-${String(count).padStart(DIGITS, '0')}`;
    const entered: Invoice = { ...invoice, id: newId(), number, issuedAt };
    await insertRows(tx, 'invoice', [
      {
        id: entered.id,
        store_id: entered.storeId,
        order_id: entered.orderId,
        subject_id: entered.subjectId,
        kind: entered.kind,
        number,
        currency: entered.currency,
        total_minor: entered.totalMinor,
        content_json: JSON.stringify(entered.content),
        issued_at: issuedAt,
      },
    ]);
    return entered;
  }

  private async next(tx: Transaction, storeId: string, series: string): Promise<number> {
    const isThere = await tx.execute(sql`
      UPDATE invoice_series
      SET last_number = last_number + 1
      WHERE store_id = ${storeId} AND series = ${series}`);
    if (isThere === 0) {
      await insertRows(tx, 'invoice_series', [{ store_id: storeId, series, last_number: 1 }]);
      return 1;
    }
    const [row] = await tx.query<RowOf<InvoiceSeriesEntity, 'last_number'>>(sql`
      SELECT last_number
      FROM invoice_series
      WHERE store_id = ${storeId} AND series = ${series}`);
    if (row === undefined) throw new RangeError('a series is gone');
    return row.last_number;
  }
}
