import { describe, expect, it } from '@jest/globals';
import type { PersonalPart } from '#libs/database';
import { partsOf } from './personal-data-catalog.js';

const part = (name: string, of = 'person'): PersonalPart => ({
  part: name,
  table: name,
  key: ['id'],
  of: { part: of },
  by: 'customer_id',
  told: ['id'],
  withheld: [],
});

describe('what the slices tell of a person', () => {
  const orders = { slice: 'orders', parts: [part('order'), part('orderLine', 'order')] };

  it('is put together from all of them, also across slices', () => {
    const payments = { slice: 'payments', parts: [part('payment', 'order'), part('m', 'mailbox')] };
    expect(partsOf([payments, orders], ['orders']).map((one) => [one.slice, one.part])).toEqual([
      ['payments', 'payment'],
      ['payments', 'm'],
      ['orders', 'order'],
      ['orders', 'orderLine'],
    ]);
  });

  it.each([
    ['a slice that erases and tells nothing', [orders], ['orders', 'planted'], /planted erases/],
    [
      'a slice that erases and tells no part',
      [orders, { slice: 'planted', parts: [] }],
      ['planted'],
      /planted erases/,
    ],
    ['a part of two slices', [orders, { ...orders, slice: 'x' }], [], /order is told twice/],
  ])('does not do with %s', (_, data, erasing, message) => {
    expect(() => partsOf(data, erasing)).toThrow(
      expect.objectContaining({
        code: 'customers.personal-data-untold',
        message: expect.stringMatching(message),
      }),
    );
  });
});
