import { expect, it } from '@jest/globals';
import type { PrimaryReader } from '#libs/database';
import type { PdfWriter } from '#libs/mail';
import type { StoreLookup } from '#libs/stores';
import { testOrder } from '../../../test/test-order.js';
import { ConfirmationFiles } from './confirmation-files.js';

type Sheet = Parameters<PdfWriter['write']>[0];

it('confirms an order in its language, and opens nothing', async () => {
  const sheets: Sheet[] = [];
  const stores = { findById: async () => ({ name: 'Laden' }) };
  const writer = {
    write: async (sheet: Sheet) => {
      sheets.push(sheet);
      return Buffer.from('pdf');
    },
  };
  const files = new ConfirmationFiles(
    {} as PrimaryReader,
    stores as unknown as StoreLookup,
    writer as unknown as PdfWriter,
  );
  const order = testOrder({ locale: 'de-AT' });
  expect(await files.pdf(order)).toMatchObject({ filename: 'T-1.pdf' });
  await files.pdf(testOrder({ locale: 'en' }));
  const [german, english] = sheets;
  expect(german).toMatchObject({
    title: 'Bestellung T-1',
    language: 'de',
    createdAt: order.placedAt,
    footerLines: ['Laden'],
    uncovered: expect.stringContaining('Schrift'),
  });
  expect(JSON.stringify(german?.blocks)).toContain('Rechnung an');
  expect(german?.blocks.some(({ kind }) => kind === 'link')).toBe(false);
  expect(english).toMatchObject({ title: 'Order T-1', language: 'en' });
});
