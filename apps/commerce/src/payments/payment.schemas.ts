import { z } from 'zod';
import { paymentMethods, paymentStates } from '#libs/payments';

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

export const paymentMethodsAnswer = z.object({
  methods: z.array(z.enum(paymentMethods)),
});
export type PaymentMethodsAnswer = z.infer<typeof paymentMethodsAnswer>;

export const receivedAnswer = z.object({ received: z.literal(true) });
export type ReceivedAnswer = z.infer<typeof receivedAnswer>;
