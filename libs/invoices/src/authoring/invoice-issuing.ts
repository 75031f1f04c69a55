import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import { mailLanguageOf } from '#libs/mail';
import { countedPayments, dueMinor, type Payment, type Refund } from '#libs/payments';
import { balanceLines, claimOf, invoiceOf, saysNothing } from '../model/balance-lines.js';
import { isSent } from '../model/billable.js';
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
    const known = about.documents.filter(({ kind }) => kind === 'invoice');
    const invoices = known.length > 0 ? known : await this.bill(tx, about);
    if (invoices.length === 0) return [];
    const balances = await this.billBalances(tx, about, invoices);
    const notes = await this.credit(tx, about, [...invoices, ...balances]);
    return [...(known.length > 0 ? [] : invoices), ...balances, ...notes];
  }

  /** All that is agreed by now, without what was lost before. Empty: nothing of the order is to be billed. */
  private async bill(tx: Transaction, about: BillingCase): Promise<readonly Invoice[]> {
    const { order, payments, refunds } = about;
    const counted = countedPayments(payments);
    const owedMinor = counted.reduce((sum, payment) => sum + dueMinor(payment), 0);
    if (order.state === 'cancelled' || owedMinor === 0 || !isDue(about, payments)) return [];
    const lost = refunds.filter(({ state }) => state === 'waived');
    const { deduction } = invoiceWords(mailLanguageOf(order.locale));
    const content = contentOf(about, billedLines(order, lost, owedMinor, deduction), {
      deducted: refunds.filter(isAgreed).map(({ id }) => id),
      includes: balancesOf(payments).map(claimOf),
      invoiceNumber: null,
      reason: null,
    });
    return [await this.enter(tx, about, { kind: 'invoice', subjectId: order.id }, content)];
  }

  /** One invoice for each balance that was paid, goes with what was sent, or has nothing left but what it puts right. */
  private async billBalances(
    tx: Transaction,
    about: BillingCase,
    invoices: readonly Invoice[],
  ): Promise<readonly Invoice[]> {
    const { order, payments, refunds } = about;
    if (order.state === 'cancelled') return [];
    const { deduction } = invoiceWords(mailLanguageOf(order.locale));
    const issued: Invoice[] = [];
    for (const balance of balancesOf(payments)) {
      if (invoiceOf(balance, [...invoices, ...issued]) !== undefined) continue;
      const claim = claimOf(balance);
      const own = payments.filter((payment) => claimOf(payment) === claim);
      const owedMinor = countedPayments(payments)
        .filter((payment) => claimOf(payment) === claim)
        .reduce((sum, payment) => sum + dueMinor(payment), 0);
      if (owedMinor > 0 && !isDue(about, own)) continue;
      const lost = refunds.filter(
        ({ state, paymentId }) => state === 'waived' && own.some(({ id }) => id === paymentId),
      );
      const lines = balanceLines(order, balance, lost, owedMinor, deduction);
      if (saysNothing(lines)) continue;
      const deducted = lost.map(({ id }) => id);
      const content = contentOf(about, lines, { deducted, invoiceNumber: null, reason: null });
      const subject = { kind: 'invoice', subjectId: claim } as const;
      issued.push(await this.enter(tx, about, subject, content));
    }
    return issued;
  }

  /** One note for each refund that was made, or is no longer owed, and was billed. */
  private async credit(
    tx: Transaction,
    about: BillingCase,
    invoices: readonly Invoice[],
  ): Promise<readonly Invoice[]> {
    const { order, payments, documents } = about;
    const { credit } = invoiceWords(mailLanguageOf(order.locale));
    const told = documents.filter(({ kind }) => kind === 'credit-note');
    const billed = invoices.flatMap(({ content }) => content.lines);
    const standing = countedPayments(payments).filter(
      (payment) => invoiceOf(payment, invoices) !== undefined,
    );
    const issued: Invoice[] = [];
    for (const refund of about.refunds.filter((one) => isToBeCredited(one, invoices, told))) {
      const payment = payments.find(({ id }) => id === refund.paymentId);
      const invoice = payment === undefined ? undefined : invoiceOf(payment, invoices);
      if (invoice === undefined) continue;
      const given = [...told, ...issued].flatMap(({ content }) => content.lines);
      const lines = creditedLines(order, standing, refund, { billed, given }, credit);
      if (lines.length === 0) continue;
      const content = contentOf(about, lines, {
        deducted: [],
        invoiceNumber: invoice.number,
        reason: refund.reason,
      });
      const subject = { kind: 'credit-note', subjectId: refund.id } as const;
      issued.push(await this.enter(tx, about, subject, content));
    }
    return issued;
  }

  private enter(
    tx: Transaction,
    { order, settings }: BillingCase,
    subject: Pick<Invoice, 'kind' | 'subjectId'>,
    content: InvoiceContent,
  ): Promise<Invoice> {
    const { storeId, id: orderId, currency } = order;
    const { totalMinor } = content;
    const document = { storeId, orderId, currency, totalMinor, ...subject, content };
    return this.register.enter(tx, document, settings);
  }
}

/** Money was taken with one of the payments, or goods have gone. */
function isDue({ order }: BillingCase, payments: readonly Payment[]): boolean {
  return isSent(order.state) || payments.some(({ state }) => state === 'captured');
}

/** What comes off is off already in what is agreed: it was given up unpaid, or edited away. */
function isAgreed({ state, parts }: Refund): boolean {
  return state === 'waived' || (state !== 'failed' && parts.reduced !== undefined);
}

function balancesOf(payments: readonly Payment[]): readonly Payment[] {
  return payments.filter(({ balance }) => balance !== null);
}

function isToBeCredited(
  refund: Refund,
  invoices: readonly Invoice[],
  told: readonly Invoice[],
): boolean {
  const isMade = refund.state === 'succeeded' || refund.state === 'waived';
  const isTold = told.some(({ subjectId }) => subjectId === refund.id);
  const isDeducted = invoices.some(({ content }) => content.deducted.includes(refund.id));
  return isMade && !isTold && !isDeducted;
}

function contentOf(
  { order, storeName, settings }: BillingCase,
  lines: readonly InvoiceLine[],
  of: Pick<InvoiceContent, 'deducted' | 'includes' | 'invoiceNumber' | 'reason'>,
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
