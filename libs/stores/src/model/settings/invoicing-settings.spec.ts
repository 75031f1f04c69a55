import { describe, expect, it } from '@jest/globals';
import {
  DEFAULT_INVOICING_SETTINGS,
  invoicingLimits,
  invoicingSettingsBreaches,
  type InvoicingSettings,
} from './invoicing-settings.js';

const settings: InvoicingSettings = {
  sellerLines: ['Läden & Söhne GmbH', 'Große Straße 1'],
  taxId: 'DE123456789',
  footerLines: ['IBAN DE00 0000'],
  invoicePrefix: 'R-',
  creditNotePrefix: 'K2-',
};

const pathsOf = (changes: Partial<InvoicingSettings>): string[] =>
  invoicingSettingsBreaches({ ...settings, ...changes }).map(({ path }) => path);

describe('invoicingSettingsBreaches', () => {
  it('finds nothing wrong with what shops write', () => {
    expect(invoicingSettingsBreaches(DEFAULT_INVOICING_SETTINGS)).toEqual([]);
    expect(pathsOf({})).toEqual([]);
    expect(pathsOf({ taxId: null, sellerLines: [], footerLines: [] })).toEqual([]);
    expect(pathsOf({ invoicePrefix: 'X', creditNotePrefix: '2026-ABCD-' })).toEqual([]);
  });

  it.each([
    '',
    'INV-2',
    '7',
    'inv-',
    'INV ',
    ' INV-',
    'INV_',
    'INV-\n',
    'ÄB-',
    'INV/',
    'A0123456789-',
  ])('refuses %j before a year and a number', (prefix) => {
    expect(pathsOf({ invoicePrefix: prefix })).toEqual(['invoicePrefix']);
    expect(pathsOf({ creditNotePrefix: prefix })).toEqual(['creditNotePrefix']);
  });

  it('refuses one prefix for both series', () => {
    expect(pathsOf({ creditNotePrefix: settings.invoicePrefix })).toEqual(['creditNotePrefix']);
  });

  it.each([
    'a\u0000',
    'a\u0007',
    'a\u001b[2J',
    'a\u0085',
    'a\u202e',
    'a\ud800',
    'a\nb',
    'a\rb',
    'a\u2028b',
  ])('refuses %j wherever it would stand on a document', (text) => {
    expect(pathsOf({ sellerLines: ['fine', text] })).toEqual(['sellerLines.1']);
    expect(pathsOf({ footerLines: [text] })).toEqual(['footerLines.0']);
    expect(pathsOf({ taxId: text })).toEqual(['taxId']);
  });

  it('refuses more than stands on a page', () => {
    const { line, lines, taxId } = invoicingLimits;
    expect(pathsOf({ sellerLines: ['x'.repeat(line)], taxId: 'x'.repeat(taxId) })).toEqual([]);
    expect(pathsOf({ sellerLines: ['x'.repeat(line + 1)] })).toEqual(['sellerLines.0']);
    expect(pathsOf({ taxId: 'x'.repeat(taxId + 1) })).toEqual(['taxId']);
    const many = Array.from({ length: lines + 1 }, () => 'x');
    expect(pathsOf({ sellerLines: many, footerLines: many })).toEqual([
      'sellerLines',
      'footerLines',
    ]);
  });
});
