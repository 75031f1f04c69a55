import { createHash } from 'node:crypto';

/**
 * What those hold in turn who give an account of a store an e-mail address. Names of locks stand in messages and
 * are short, so it is a hash.
 */
export function mailboxLock(storeId: string, email: string): string {
  return `mailbox:${createHash('sha256').update(`${storeId} ${email}`).digest('hex')}`;
}
