import { describe, expect, it } from '@jest/globals';
import { writeLetter } from '#libs/mail';
import { testOrder } from '../../../test/test-order.js';
import {
  availableLetter,
  cancellationLetter,
  changeLetter,
  confirmationLetter,
  delayLetter,
  shipmentLetter,
} from './order-letters.js';

const context = { language: 'de', storeName: 'Laden', link: undefined } as const;

describe('letters about an order', () => {
  it('are written in the language of the shopper, with amounts and days as they are written there', () => {
    const { subject, blocks } = confirmationLetter(testOrder(), context);
    const { text } = writeLetter({ language: 'de', title: subject, blocks });
    expect(subject).toBe('Laden: Bestellung T-1');
    for (const part of [
      'Bestellt am 14.11.2023',
      '2 ×  Ware, rot  23,80 EUR',
      'Zwischensumme ohne Steuer  22,00 EUR',
      'Rabatt  -2,00 EUR',
      'Steuer MwSt. 19 %  3,80 EUR',
      'Summe  23,80 EUR',
      'Hauptstraße 1',
    ]) {
      expect(text).toContain(part);
    }
    const taxes = testOrder().taxes.map((tax) => ({ ...tax, ratePpm: 77_000 }));
    const broken = confirmationLetter(testOrder({ taxes }), context);
    expect(writeLetter({ language: 'de', title: '', blocks: broken.blocks }).text).toContain(
      'Steuer MwSt. 7,7 %  3,80 EUR',
    );
    expect(cancellationLetter(testOrder(), context).subject).toBe(subject);
  });

  it('are the same in English where that is the language, and lead to the order where there are pages', () => {
    const link = 'https://shop.example/orders/T-1#link=abc';
    const { blocks } = confirmationLetter(testOrder(), { ...context, language: 'en', link });
    const { text, html } = writeLetter({ language: 'en', title: 'x', blocks });
    expect(text).toContain('Ordered on 2023-11-14');
    expect(text).toContain('Total  23.80 EUR');
    expect(html).toContain(`<a href="${link}">`);
  });

  it('say where an order is fetched, not that it is delivered', () => {
    const shipping = { method: 'fetched', name: 'Fetched', pickUpLocation: 'main' };
    for (const [language, ready, place, sent] of [
      ['en', 'can be fetched', 'Fetched at', ['on their way', 'Delivered to']],
      ['de', 'zur Abholung bereit', 'Abholung bei', ['unterwegs', 'Lieferung an']],
    ] as const) {
      const textOf = (write: typeof shipmentLetter, changes = {}) => {
        const { blocks } = write(testOrder(changes), { ...context, language });
        return writeLetter({ language, title: '', blocks }).text;
      };
      expect(textOf(confirmationLetter, { shipping })).toContain(place);
      const handed = textOf(shipmentLetter, { shipping });
      for (const part of [ready, place]) expect(handed).toContain(part);
      for (const part of sent) {
        expect(handed).not.toContain(part);
        expect(textOf(shipmentLetter)).toContain(part);
      }
    }
  });

  it('say what is not known yet, what is delayed, and that it is there', () => {
    const order = testOrder({ awaits: 'confirmation' });
    for (const [language, checking, delayed, available] of [
      ['en', 'We are checking', 'These items are delayed', 'is there now'],
      ['de', 'Wir prüfen', 'Diese Artikel verzögern sich', 'ist jetzt da'],
    ] as const) {
      const written = (write: typeof delayLetter, about = order) => {
        const { blocks } = write(about, {
          ...context,
          language,
          delayed: [{ line: 1, quantity: 1 }],
        });
        return writeLetter({ language, title: '', blocks }).text;
      };
      expect(written(confirmationLetter)).toContain(checking);
      expect(written(confirmationLetter, testOrder())).not.toContain(checking);
      expect(written(delayLetter)).toContain(delayed);
      expect(written(delayLetter)).toContain('1 ×  Ware, rot');
      expect(written(availableLetter)).toContain(available);
    }
  });

  it('say that an order was changed, and all that it consists of now', () => {
    for (const [language, changed] of [
      ['en', 'Your order was changed.'],
      ['de', 'Ihre Bestellung wurde geändert.'],
    ] as const) {
      const { blocks } = changeLetter(testOrder(), { ...context, language });
      const { text } = writeLetter({ language, title: '', blocks });
      for (const part of [changed, '2 ×  Ware, rot', 'Hauptstraße 1']) expect(text).toContain(part);
    }
  });

  it('show what a shopper typed into the address as text', () => {
    const order = testOrder();
    const shippingAddress = { ...order.shippingAddress, name: '<img src=x onerror=alert(1)>' };
    const { subject, blocks } = confirmationLetter({ ...order, shippingAddress }, context);
    expect(writeLetter({ language: 'de', title: subject, blocks }).html).not.toContain('<img');
  });

  it('say what of a changed order still has to be paid, where something has', () => {
    const textOf = (language: 'en' | 'de', balanceMinor: number) => {
      const { blocks } = changeLetter(testOrder(), { ...context, language, balanceMinor });
      return writeLetter({ language, title: '', blocks }).text;
    };
    expect(textOf('en', 1_050)).toContain('still has to be paid: 10.50 EUR');
    expect(textOf('de', 1_050)).toContain('Zu zahlen ist noch der Unterschied: 10,50 EUR');
    expect(textOf('en', 0)).not.toContain('still has to be paid');
  });
});
