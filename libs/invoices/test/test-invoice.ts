import { testOrder } from '../../orders/test/test-order.js';
import { billedLines } from '../src/model/billed-lines.js';
import { sumsOf } from '../src/model/invoice-sums.js';
import type { Invoice, InvoiceContent } from '../src/model/invoice.js';

/** The invoice of `testOrder`: 23.80 EUR. */
export function testInvoice(changes: Partial<InvoiceContent> = {}): Invoice {
  const order = testOrder();
  const lines = billedLines(order, [], order.totalMinor, '');
  return {
    id: '01900000-0000-7000-8000-000000000009',
    storeId: order.storeId,
    orderId: order.id,
    subjectId: order.id,
    kind: 'invoice',
    number: 'INV-2026-00007',
    currency: order.currency,
    totalMinor: order.totalMinor,
    issuedAt: 1_790_000_000_000,
    content: {
      storeName: 'Laden',
      seller: {
        sellerLines: ['Laden GmbH', 'Große Straße 1'],
        taxId: 'DE123',
        footerLines: ['Bank'],
      },
      language: 'de',
      order: { number: order.number, placedAt: order.placedAt },
      invoiceNumber: null,
      billingAddress: order.billingAddress,
      shippingAddress: order.shippingAddress,
      paymentMethod: order.paymentMethod,
      lines,
      ...sumsOf(lines),
      deducted: [],
      reason: null,
      ...changes,
    },
  };
}
