import { describe, expect, it } from '@jest/globals';
import { writeLetter } from '#libs/mail';
import { testInvoice } from '../../../test/test-invoice.js';
import { invoiceBlocks, titleOf } from './invoice-blocks.js';

const page = (invoice: ReturnType<typeof testInvoice>) =>
  writeLetter({ language: 'en', title: titleOf(invoice), blocks: invoiceBlocks(invoice) });

describe('what stands on an invoice', () => {
  it('is written in the language of its shopper, with what the law asks for', () => {
    const { text } = page(testInvoice({ language: 'en' }));
    for (const part of [
      'Laden GmbH\nGroße Straße 1',
      'Ada Beispiel\nHauptstraße 1',
      'Invoice INV-2026-00007',
      'Date  2026-09-21',
      'Order  T-1',
      'Ordered on  2023-11-14',
      'Tax ID  DE123',
      'Quantity  Item  Amount with tax',
      '2 ×  Ware, rot (WARE)  23.80 EUR',
      'Total without tax  20.00 EUR',
      'MwSt. 19 % of 20.00 EUR  3.80 EUR',
      'Total  23.80 EUR',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('Delivered to');
    expect(page(testInvoice()).text).toContain('MwSt. 19 % auf 20,00 EUR  3,80 EUR');
  });

  it('names the invoice that a credit note is about, and why', () => {
    const note = testInvoice({ invoiceNumber: 'INV-2026-00001', reason: 'zerkratzt' });
    const { text } = page({ ...note, kind: 'credit-note', number: 'CN-2026-00001' });
    expect(text).toContain('Rechnungskorrektur CN-2026-00001');
    expect(text).toContain('Zur Rechnung  INV-2026-00001');
    expect(text).toContain('Grund  zerkratzt');
    expect(text).toContain('Gutgeschriebener Betrag  23,80 EUR');
  });

  it('shows as text what people typed, wherever it stands', () => {
    const hostile = '<img src=x onerror="alert(1)">\'&';
    const invoice = testInvoice();
    const { content } = invoice;
    const address = { ...content.billingAddress, name: hostile, street: hostile };
    const { html } = page(
      testInvoice({
        billingAddress: address,
        shippingAddress: { ...address, city: hostile },
        reason: hostile,
        seller: { ...content.seller, sellerLines: [hostile] },
        lines: content.lines.map((line) => ({ ...line, name: hostile, optionValues: [hostile] })),
      }),
    );
    expect(html).not.toContain('<img');
    expect(html.split('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#39;&amp;')).toHaveLength(10);
  });
});
