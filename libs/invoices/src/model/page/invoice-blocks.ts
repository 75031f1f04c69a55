import type { Address } from '#libs/kernel';
import type { LetterBlock } from '#libs/mail';
import { addressLines, amountText, dayText, rateText } from '#libs/orders';
import type { Invoice, InvoiceLine } from '../invoice.js';
import { invoiceWords } from './invoice-words.js';

/** What an invoice or a credit note says, as blocks of which the page, the mail and the PDF are made. Pure. */
export function invoiceBlocks(invoice: Invoice): LetterBlock[] {
  const { content, currency } = invoice;
  const { seller, language, storeName, billingAddress, shippingAddress } = content;
  const words = invoiceWords(language);
  const money = (minor: number) => amountText(minor, currency, language);
  return [
    { kind: 'lines', lines: seller.sellerLines.length > 0 ? seller.sellerLines : [storeName] },
    { kind: 'lines', lines: addressLines(billingAddress) },
    { kind: 'heading', text: titleOf(invoice) },
    { kind: 'table', rows: factRows(invoice) },
    {
      kind: 'table',
      head: [words.quantity, words.item, words.amount],
      rows: content.lines.map((line) => [
        line.quantity === null ? '' : `${line.quantity} ×`,
        nameOf(line),
        money(line.totalMinor),
      ]),
    },
    {
      kind: 'table',
      rows: [
        [words.net, money(content.netMinor)],
        ...content.taxes.map(({ name, ratePpm, netMinor, amountMinor }) => [
          words.taxOf(name, rateText(ratePpm, language), money(netMinor)),
          money(amountMinor),
        ]),
        [words.totals[invoice.kind], money(content.totalMinor)],
      ],
    },
    ...(isSame(billingAddress, shippingAddress)
      ? []
      : [
          {
            kind: 'lines' as const,
            lines: [words.deliveredTo, ...addressLines(shippingAddress)],
          },
        ]),
  ];
}

/** Such as `Invoice INV-2026-00001`. */
export function titleOf({ kind, number, content }: Invoice): string {
  return `${invoiceWords(content.language).titles[kind]} ${number}`;
}

function factRows({ content, issuedAt }: Invoice): string[][] {
  const { language, order, invoiceNumber, paymentMethod, reason, seller } = content;
  const words = invoiceWords(language);
  return [
    [words.date, dayText(issuedAt, language)],
    [words.order, order.number],
    [words.orderedOn, dayText(order.placedAt, language)],
    ...(invoiceNumber === null ? [] : [[words.corrects, invoiceNumber]]),
    [words.payment, words.methods[paymentMethod]],
    ...(reason === null ? [] : [[words.reason, reason]]),
    ...(seller.taxId === null ? [] : [[words.taxId, seller.taxId]]),
  ];
}

function nameOf({ name, optionValues, sku }: InvoiceLine): string {
  const whole = [name, ...optionValues].join(', ');
  return sku === null ? whole : `${whole} (${sku})`;
}

function isSame(a: Address, b: Address): boolean {
  return JSON.stringify(addressLines(a)) === JSON.stringify(addressLines(b));
}
