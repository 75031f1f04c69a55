import { z } from 'zod';
import { isoTime, plainText } from '#libs/http';
import type { PaymentCommand, PaymentView } from '#authoring/orders';
import {
  openMinor,
  paymentLimits,
  paymentMethods,
  paymentStates,
  refundStates,
  type Payment,
  type RefundWish,
} from '#libs/payments';
import { lineQuantities } from './fulfilment.schemas.js';

const money = z.object({ amount: z.number().int(), currency: z.string() });
const taxes = z.array(z.object({ code: z.string(), amount: money }));
const share = z.object({ net: money, taxes, total: money });
const minor = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const reason = plainText(paymentLimits.reason).nullable().default(null);

export const captureBody = z.strictObject({
  amount: minor
    .nullable()
    .default(null)
    .describe(
      'Minor units; null: all that was authorised and is owed. What is not taken is free again.',
    ),
  reason,
});
export type CaptureBody = z.infer<typeof captureBody>;

export const voidBody = z.strictObject({ reason });
export type VoidBody = z.infer<typeof voidBody>;

export const refundBody = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('items').describe('Pieces of lines, and the shipping, for what they came to.'),
    items: lineQuantities.default([]),
    shipping: z.boolean().default(false),
    reason,
  }),
  z.strictObject({
    kind: z.literal('amount').describe('A sum for no part of the order.'),
    amount: minor,
    reason,
  }),
  z.strictObject({ kind: z.literal('rest').describe('Everything that is left.'), reason }),
]);
export type RefundBody = z.infer<typeof refundBody>;

export const refundAnswer = z.object({
  id: z.uuid(),
  payment: z.uuid().describe('Of the payment that gives it back.'),
  state: z.enum(refundStates).describe('`waived`: it was never taken, and is no longer owed.'),
  amount: money,
  items: z.array(share.extend({ line: z.number().int(), quantity: z.number().int() })),
  shipping: share.nullable(),
  reason: z.string().nullable(),
  requestedBy: z.string().nullable(),
  failureCode: z.string().nullable().describe("The provider's code."),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const onePayment = z.object({
  id: z.uuid(),
  method: z.enum(paymentMethods),
  state: z.enum(paymentStates),
  amount: money,
  waived: money.describe('Of the amount; no longer owed, and not asked for.'),
  authorised: money,
  capturePending: money,
  captured: money.describe('refunded + refundPending <= captured <= authorised.'),
  refundPending: money,
  refunded: money,
  providerReference: z.string().nullable(),
  failureCode: z.string().nullable().describe("Why the last attempt failed; the provider's code."),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

export const paymentAnswer = onePayment.extend({
  due: money.describe('What of the order still has to be paid or promised, balances included.'),
  balances: z
    .array(onePayment)
    .describe('Further payments, oldest first: of what edits added to what was paid or promised.'),
  refunds: z.array(refundAnswer).describe('Of all payments, oldest first.'),
});
export type PaymentAnswer = z.infer<typeof paymentAnswer>;

export function refundCommandOf(body: RefundBody): PaymentCommand {
  return { act: 'refund', wish: wishOf(body), reason: body.reason };
}

function wishOf(body: RefundBody): RefundWish {
  switch (body.kind) {
    case 'items':
      return { kind: 'items', items: body.items, shipping: body.shipping };
    case 'amount':
      return { kind: 'amount', amountMinor: body.amount };
    case 'rest':
      return { kind: 'rest' };
  }
}

export function paymentAnswerOf({ payments, refunds }: PaymentView): PaymentAnswer {
  const [first, ...balances] = payments;
  const moneyOf = (amount: number) => ({ amount, currency: first.currency });
  const shareOf = ({ netMinor, taxes: parts, totalMinor }: RefundedShare) => ({
    net: moneyOf(netMinor),
    taxes: parts.map(({ code, amountMinor }) => ({ code, amount: moneyOf(amountMinor) })),
    total: moneyOf(totalMinor),
  });
  const onePaymentOf = (payment: Payment) => ({
    id: payment.id,
    method: payment.method,
    state: payment.state,
    amount: moneyOf(payment.amountMinor),
    waived: moneyOf(payment.waivedMinor),
    authorised: moneyOf(payment.authorisedMinor),
    capturePending: moneyOf(payment.capturePendingMinor),
    captured: moneyOf(payment.capturedMinor),
    refundPending: moneyOf(payment.refundPendingMinor),
    refunded: moneyOf(payment.refundedMinor),
    providerReference: payment.providerReference,
    failureCode: payment.failureCode,
    createdAt: isoTime(payment.createdAt),
    updatedAt: isoTime(payment.updatedAt),
  });
  return {
    ...onePaymentOf(first),
    due: moneyOf(openMinor(payments)),
    balances: balances.map(onePaymentOf),
    refunds: refunds.map((refund) => ({
      id: refund.id,
      payment: refund.paymentId,
      state: refund.state,
      amount: moneyOf(refund.amountMinor),
      items: refund.parts.items.map(({ line, quantity, ...part }) => ({
        line,
        quantity,
        ...shareOf(part),
      })),
      shipping: refund.parts.shipping === null ? null : shareOf(refund.parts.shipping),
      reason: refund.reason,
      requestedBy: refund.requestedBy,
      failureCode: refund.failureCode,
      createdAt: isoTime(refund.createdAt),
      updatedAt: isoTime(refund.updatedAt),
    })),
  };
}

type RefundedShare = NonNullable<PaymentView['refunds'][number]['parts']['shipping']>;
