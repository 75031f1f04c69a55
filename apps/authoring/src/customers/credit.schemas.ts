import { z } from 'zod';
import { customerLimits, type CreditAccountView, type CreditEntryView } from '#libs/customers';
import { idParams, isoTime, pageOf, plainText } from '#libs/http';
import { currency as currencyCode } from '../catalog/catalog.schemas.js';

export { groupListQuery, type GroupListQuery } from './customer.schemas.js';

const money = z.object({ amount: z.number().int(), currency: z.string() });
/** Far below what the sum of many could be calculated with exactly. */
const MAX_MINOR = 1_000_000_000_000;

export const creditParams = idParams.extend({ currency: currencyCode });
export type CreditParams = z.infer<typeof creditParams>;

export const creditEntryBody = z.strictObject({
  amount: z.number().int().min(-MAX_MINOR).max(MAX_MINOR).describe('In minor units.'),
  note: plainText(customerLimits.note),
});
export type CreditEntryBody = z.infer<typeof creditEntryBody>;

export const creditLimitBody = z.strictObject({ limit: z.number().int().min(0).max(MAX_MINOR) });
export type CreditLimitBody = z.infer<typeof creditLimitBody>;

export const creditAccountAnswer = z.object({
  balance: money.describe('Below zero: owed by the customer.'),
  limit: money,
  version: z.number().int(),
});
export type CreditAccountAnswer = z.infer<typeof creditAccountAnswer>;

export const creditAnswer = z.object({ items: z.array(creditAccountAnswer) });
export type CreditAnswer = z.infer<typeof creditAnswer>;

export const creditEntryAnswer = z.object({
  id: z.number().int(),
  amount: money,
  balance: money.describe('Of the account, with this entry.'),
  kind: z.enum(['order', 'release', 'staff']),
  reference: z.string().describe('The order, or the key of the request.'),
  actor: z.string().nullable(),
  note: z.string().nullable(),
  recordedAt: z.iso.datetime(),
});
export type CreditEntryAnswer = z.infer<typeof creditEntryAnswer>;

export const creditEntryPage = pageOf(creditEntryAnswer);

export function accountAnswerOf(account: CreditAccountView): CreditAccountAnswer {
  const { currency, balanceMinor, limitMinor, version } = account;
  return {
    balance: { amount: balanceMinor, currency },
    limit: { amount: limitMinor, currency },
    version,
  };
}

export const entryAnswerOf =
  (currency: string) =>
  (entry: CreditEntryView): CreditEntryAnswer => ({
    id: entry.id,
    amount: { amount: entry.amountMinor, currency },
    balance: { amount: entry.balanceMinor, currency },
    kind: entry.kind,
    reference: entry.reference,
    actor: entry.actor,
    note: entry.note,
    recordedAt: isoTime(entry.recordedAt),
  });
