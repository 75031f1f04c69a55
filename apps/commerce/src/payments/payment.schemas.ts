import { z } from 'zod';
import { paymentMethods, paymentStates, type PaymentStanding } from '#libs/payments';
import { money } from '../catalog/storefront.schemas.js';

const nextAction = z.discriminatedUnion('kind', [
  z.object({
    kind: z
      .literal('confirm')
      .describe(
        "Give the client secret to the card provider's form (Stripe.js), which asks for the card.",
      ),
    clientSecret: z.string(),
    publishableKey: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('redirect').describe('Send the shopper there, for instance for 3-D Secure.'),
    url: z.string(),
  }),
]);

export const paymentAnswer = z.object({
  method: z.enum(paymentMethods),
  state: z.enum(paymentStates),
  nextAction: nextAction
    .nullable()
    .describe(
      'What the shopper has to do; null: nothing, or the provider cannot be reached now. A pending card payment goes on with `POST /orders/{number}/payment`.',
    ),
});
export type PaymentAnswer = z.infer<typeof paymentAnswer>;

/** What is answered of a payment that was begun with its order. */
export function paymentAnswerOf({ method, state, ...rest }: PaymentStanding): PaymentAnswer {
  return { method, state, nextAction: rest.nextAction };
}

export const duePaymentAnswer = paymentAnswer.extend({
  due: money.describe(
    'What of the order still has to be paid or promised. Staff may have added to it since it was paid: then `nextAction` is about the difference.',
  ),
});
export type DuePaymentAnswer = z.infer<typeof duePaymentAnswer>;

export function duePaymentAnswerOf(standing: PaymentStanding): DuePaymentAnswer {
  const { openMinor: amount, currency } = standing;
  return { ...paymentAnswerOf(standing), due: { amount, currency } };
}

export const paymentMethodsAnswer = z.object({
  methods: z.array(z.enum(paymentMethods)),
});
export type PaymentMethodsAnswer = z.infer<typeof paymentMethodsAnswer>;

export const receivedAnswer = z.object({ received: z.literal(true) });
export type ReceivedAnswer = z.infer<typeof receivedAnswer>;
