import fc from 'fast-check';
import type { TaxRate } from '#libs/stores';
import type { Discount, TotalsSnapshot } from '../src/model/totals/totals.js';

const someRates: fc.Arbitrary<TaxRate[]> = fc
  .array(fc.integer({ min: 0, max: 300_000 }), { maxLength: 3 })
  .map((rates) => rates.map((ratePpm, index) => ({ code: `t${index}`, name: 'Tax', ratePpm })));

const portion = fc.double({ min: 0, max: 1, noNaN: true });

/** Carts in currencies of any digits, with and without tax in their prices, several discounts on a line. */
export const anySnapshot: fc.Arbitrary<TotalsSnapshot> = fc
  .record({
    currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
    pricesIncludeTax: fc.boolean(),
    lines: fc.array(
      fc.record({
        quantity: fc.integer({ min: 1, max: 9_999 }),
        unitPriceMinor: fc.integer({ min: 0, max: 10 ** 8 }),
        taxRates: someRates,
        portions: fc.array(portion, { maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 12 },
    ),
    shipping: fc.option(
      fc.record({
        priceMinor: fc.integer({ min: 0, max: 10 ** 6 }),
        taxRates: someRates,
        off: portion,
      }),
    ),
  })
  .map(({ currency, pricesIncludeTax, lines, shipping }) => ({
    currency,
    pricesIncludeTax,
    lines: lines.map(({ portions: _, ...line }, index) => ({ lineId: `l${index}`, ...line })),
    discounts: discountsOf(
      lines.map(({ quantity, unitPriceMinor, portions }) => ({
        priceMinor: quantity * unitPriceMinor,
        portions,
      })),
      shipping === null ? 0 : Math.floor(shipping.priceMinor * shipping.off),
    ),
    shipping:
      shipping === null
        ? undefined
        : { method: 'post', priceMinor: shipping.priceMinor, taxRates: shipping.taxRates },
  }));

/** Each takes a portion of what earlier ones have left of a line. */
function discountsOf(
  lines: readonly { readonly priceMinor: number; readonly portions: readonly number[] }[],
  ofShipping: number,
): Discount[] {
  const left = lines.map(({ priceMinor }) => priceMinor);
  return [0, 1, 2].map((round) => ({
    promotion: `p${round}`,
    allocations: lines.map(({ portions }, index) => {
      const amountMinor = Math.floor((left[index] ?? 0) * (portions[round] ?? 0));
      left[index] = (left[index] ?? 0) - amountMinor;
      return { lineId: `l${index}`, amountMinor };
    }),
    shippingMinor: round === 0 ? ofShipping : 0,
  }));
}
