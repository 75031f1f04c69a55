/** Stated once, for schemas, rules and columns. */
export const customerLimits = {
  name: 200,
  email: 254,
  phone: 40,
  groupCode: 60,
  groupName: 200,
  device: 200,
  addresses: 50,
  wishes: 200,
  /** Sessions of one customer that go on; the oldest ends when one more begins. */
  sessions: 50,
  note: 500,
} as const;

/** A customer as the customer and staff see them; times are epoch milliseconds. */
export interface Customer {
  readonly id: string;
  readonly storeId: string;
  readonly storeCode: string;
  readonly email: string;
  readonly name: string;
  readonly phone: string | null;
  readonly locale: string;
  readonly group: { readonly id: string; readonly code: string; readonly name: string } | null;
  readonly isBlocked: boolean;
  /** null: the mailbox was not yet shown to be theirs. */
  readonly verifiedAt: number | null;
  /** null: what is known of the person is still there. */
  readonly erasedAt: number | null;
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What a customer is written about their account. */
export const customerMailKinds = ['verification', 'password-reset', 'already-registered'] as const;
export type CustomerMailKind = (typeof customerMailKinds)[number];
