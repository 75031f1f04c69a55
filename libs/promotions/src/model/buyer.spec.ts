import { expect, it } from '@jest/globals';
import { customerKeyOf } from './buyer.js';

const keyOf = (email: string | null, customerId: string | null = null) =>
  customerKeyOf({ storeId: 's', customerId, email });

it('counts a customer by the id, whatever the address', () => {
  expect(keyOf('ada@example.com', 'c1')).toBe('c:c1');
  expect(keyOf('other@example.com', 'c1')).toBe('c:c1');
  expect(keyOf(null, 'c1')).toBe('c:c1');
});

it('counts a guest by the address without regard to case and spaces, and holds no address', () => {
  expect(keyOf(' Ada@Example.COM ')).toBe(keyOf('ada@example.com'));
  expect(keyOf('ada@example.com')).not.toBe(keyOf('bob@example.com'));
  expect(keyOf('ada@example.com')).toMatch(/^e:[0-9a-f]{64}$/);
  expect(keyOf(null)).toBeUndefined();
});
