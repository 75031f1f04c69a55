import { z } from 'zod';
import { productLimits } from '#libs/kernel';
import { EXACT, priceRuleLimits, type PriceRounding } from '#libs/pricing';

const { minPercentPpm, maxPercentPpm, stepMinor } = priceRuleLimits;
export const inMinor = 'In the smallest unit of the currency.';

/** What may be added to a price. */
export const changesBy = [
  z.strictObject({
    kind: z.literal('percent'),
    percentPpm: z
      .number()
      .int()
      .min(minPercentPpm)
      .max(maxPercentPpm)
      .describe('Millionths that are added: -100,000 takes 10 % off.'),
  }),
  z.strictObject({
    kind: z.literal('amount'),
    amount: z
      .number()
      .int()
      .min(-productLimits.amountMinor)
      .max(productLimits.amountMinor)
      .describe(`${inMinor} Added.`),
  }),
] as const;

export const rounding = z.strictObject({
  step: z.number().int().min(1).max(stepMinor).describe('Distance of allowed amounts.'),
  ending: z
    .number()
    .int()
    .min(0)
    .max(stepMinor)
    .default(0)
    .describe('The lowest allowed amount, below the step: step 100 and ending 99 are 0.99, 1.99.'),
  mode: z.enum(['nearest', 'up', 'down']).default('nearest').describe('Half a step goes up.'),
});

/** As it is calculated with; without one every amount is allowed. */
export function roundingOf(asked: z.infer<typeof rounding> | undefined): PriceRounding {
  if (asked === undefined) return EXACT;
  return { stepMinor: asked.step, endingMinor: asked.ending, mode: asked.mode };
}
