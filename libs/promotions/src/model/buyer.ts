import { createHash } from 'node:crypto';
import { normalisedEmail } from '#libs/credentials';

/** Who would use a promotion, as far as it is known. */
export interface Buyer {
  readonly storeId: string;
  /** null: a guest. */
  readonly customerId: string | null;
  /** As it was typed; null: not said yet. */
  readonly email: string | null;
}

/**
 * By what uses are counted for each customer: the id of a customer, for guests the e-mail address with
 * its upper-case letters and spaces taken out, as a hash, so that no address stands in a counter. Undefined
 * as long as nothing is known of a guest.
 */
export function customerKeyOf({ customerId, email }: Buyer): string | undefined {
  if (customerId !== null) return `c:${customerId}`;
  if (email === null) return undefined;
  return `e:${createHash('sha256').update(normalisedEmail(email)).digest('hex')}`;
}
