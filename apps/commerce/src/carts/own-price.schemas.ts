import { z } from 'zod';
import type { ShopperProductPrices } from '#libs/carts';
import { repeatable } from '#libs/http';
import { spanOf, type OfferedPrice } from '#libs/pricing';
import { currency, money } from '../catalog/storefront.schemas.js';
import { priceListAnswerOf } from './cart.answer.js';
import { priceList } from './cart.schemas.js';

/** A page of the longest list. */
const MAX_PRODUCTS = 100;
/** A product may have thousands of variants. */
const MAX_WITH_VARIANTS = 10;

export const ownPricesQuery = z
  .strictObject({
    products: repeatable(z.uuid(), MAX_PRODUCTS).describe('Ids, as pages and lists give them.'),
    variants: z
      .enum(['true', 'false'])
      .default('false')
      .describe(`With the prices of the variants; for at most ${MAX_WITH_VARIANTS} products.`),
    currency: currency.optional(),
  })
  .refine(
    ({ products, variants }) => variants === 'false' || products.length <= MAX_WITH_VARIANTS,
    {
      path: ['products'],
      message: `at most ${MAX_WITH_VARIANTS} with their variants`,
    },
  );
export type OwnPricesQuery = z.infer<typeof ownPricesQuery>;

const ownPriceAnswer = z.object({
  productId: z.uuid(),
  price: z
    .object({ min: money, max: money })
    .nullable()
    .describe('Over its variants; null: not sold in this currency.'),
  variants: z
    .array(
      z.object({
        id: z.uuid(),
        price: money,
        priceList: priceList
          .nullable()
          .describe('Of which list the price is; null: it is the base price, as on the page.'),
      }),
    )
    .optional()
    .describe('Those that are sold in the currency, where they are asked for.'),
});
type OwnPriceAnswer = z.infer<typeof ownPriceAnswer>;

export const ownPricesAnswer = z.object({
  items: z
    .array(ownPriceAnswer)
    .describe('In the order of the ids, each once; what shoppers may not see is left out.'),
});
export type OwnPricesAnswer = z.infer<typeof ownPricesAnswer>;

export function ownPriceAnswerOf(
  { productId, variants }: ShopperProductPrices,
  code: string,
  hasVariants: boolean,
): OwnPriceAnswer {
  const moneyOf = (amount: number) => ({ amount, currency: code });
  const variantAnswerOf = ([id, { amountMinor, reason }]: readonly [string, OfferedPrice]) => ({
    id,
    price: moneyOf(amountMinor),
    priceList: reason === null ? null : priceListAnswerOf(reason, code),
  });
  const span = spanOf([...variants.values()]);
  return {
    productId,
    price: span === undefined ? null : { min: moneyOf(span.minMinor), max: moneyOf(span.maxMinor) },
    ...(hasVariants ? { variants: [...variants].map(variantAnswerOf) } : {}),
  };
}
