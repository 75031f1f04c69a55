import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import { mailLanguageOf } from '#libs/mail';
import { dueMinor, type Refund } from '#libs/payments';
import { isBillable } from '../model/billable.js';
import { billedLines } from '../model/billed-lines.js';
import { creditedLines } from '../model/credited-lines.js';
import { sumsOf } from '../model/invoice-sums.js';
import type { Invoice, InvoiceContent, InvoiceLine } from '../model/invoice.js';
import { invoiceWords } from '../model/page/invoice-words.js';
import { BillingCases, type BillingCase } from './billing-cases.js';
import { InvoiceRegister } from './invoice-register.js';

/** Issues what an order lacks, for whatever reason it is asked and however often. */
@Injectable()
export class InvoiceIssuing {
  constructor(
    private readonly cases: BillingCases,
    private readonly register: InvoiceRegister,
  ) {}

  /** Answers the documents that were issued now, the invoice first. */
  async issue(tx: Transaction, orderId: string): Promise<readonly Invoice[]> {
    const about = await this.cases.hold(tx, orderId);
    if (about === undefined) return [];
    const known = about.documents.find(({ kind }) => kind === 'invoice');
    const invoice = known ?? (await this.bill(tx, about));
    if (invoice === undefined) return [];
    const notes = await this.credit(tx, about, invoice);
    return known === undefined ? [invoice, ...notes] : notes;
  }

  /** What was lost before is not billed. Undefined: nothing of the order is to be billed. */
  private async bill(tx: Transaction, about: BillingCase): Promise<Invoice | undefined> {
    const { order, payment, refunds, settings } = about;
    const owedMinor = dueMinor(payment);
    if (order.state === 'cancelled' || !isBillable(order) || owedMinor === 0) return undefined;
    const lost = refunds.filter(({ state }) => state === 'waived');
    const { deduction } = invoiceWords(mailLanguageOf(order.locale));
    const content = contentOf(about, billedLines(order, lost, owedMinor, deduction), {
      deducted: lost.map(({ id }) => id),
      invoiceNumber: null,
      reason: null,
    });
    const subject = { kind: 'invoice', subjectId: order.id } as const;
    return this.register.enter(tx, { ...headOf(about, content), ...subject, content }, settings);
  }

  /** One note for each refund that was made, or is no longer owed, and was billed. */
  private async credit(
    tx: Transaction,
    about: BillingCase,
    invoice: Invoice,
  ): Promise<readonly Invoice[]> {
    const { order, payment, settings, documents } = about;
    const { credit } = invoiceWords(mailLanguageOf(order.locale));
    const told = documents.filter(({ kind }) => kind === 'credit-note');
    const issued: Invoice[] = [];
    for (const refund of about.refunds.filter((one) => isToBeCredited(one, invoice, told))) {
      const given = [...told, ...issued].flatMap(({ content }) => content.lines);
      const before = { billed: invoice.content.lines, given };
      const lines = creditedLines(order, payment, refund, before, credit);
      if (lines.length === 0) continue;
      const content = contentOf(about, lines, {
        deducted: [],
        invoiceNumber: invoice.number,
        reason: refund.reason,
      });
      const subject = { kind: 'credit-note', subjectId: refund.id } as const;
      issued.push(
        await this.register.enter(tx, { ...headOf(about, content), ...subject, content }, settings),
      );
    }
    return issued;
  }
}

function isToBeCredited(refund: Refund, { content }: Invoice, told: readonly Invoice[]): boolean {
  const isMade = refund.state === 'succeeded' || refund.state === 'waived';
  const isTold = told.some(({ subjectId }) => subjectId === refund.id);
  return isMade && !isTold && !content.deducted.includes(refund.id);
}

function headOf({ order }: BillingCase, { totalMinor }: InvoiceContent) {
  const { storeId, id: orderId, currency } = order;
  return { storeId, orderId, currency, totalMinor };
}

function contentOf(
  { order, storeName, settings }: BillingCase,
  lines: readonly InvoiceLine[],
  of: Pick<InvoiceContent, 'deducted' | 'invoiceNumber' | 'reason'>,
): InvoiceContent {
  const { sellerLines, taxId, footerLines } = settings;
  return {
    storeName,
    seller: { sellerLines, taxId, footerLines },
    language: mailLanguageOf(order.locale),
    order: { number: order.number, placedAt: order.placedAt },
    billingAddress: order.billingAddress,
    shippingAddress: order.shippingAddress,
    paymentMethod: order.paymentMethod,
    lines,
    ...sumsOf(lines),
    ...of,
  };
}
