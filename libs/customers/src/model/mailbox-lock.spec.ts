import { expect, it } from '@jest/globals';
import { customerLimits } from './customer.js';
import { mailboxLock } from './mailbox-lock.js';

it('is another for each address and store, is short, and names nobody', () => {
  const longest = `ada@${'x'.repeat(customerLimits.email - 4)}`;
  const names = [
    mailboxLock('s', 'ada@example.com'),
    mailboxLock('t', 'ada@example.com'),
    mailboxLock('s', longest),
    mailboxLock('s', longest.slice(0, -1)),
  ];
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) {
    expect(name).not.toContain('ada');
    expect(name.length).toBeLessThan(100);
  }
});
