import { z } from 'zod';
import { addressBody, countryCode as country, plainText } from '#libs/http';
import { productLimits } from '#libs/kernel';
import { currency, storeCode } from './catalog.schemas.js';
import { rateMeasures, shippingLimits, type ShippingMethod } from '#libs/stores';

const MAX_COUNTRIES = 200;

const amount = z.number().int().min(0).max(productLimits.amountMinor);
const amounts = z.record(currency, amount);
const postalCode = z.string().min(1).max(shippingLimits.postalCode);

const rates = z.strictObject({
  by: z
    .enum(rateMeasures)
    .describe('Grams, what the goods come to after discounts, or how many pieces.'),
  zones: z
    .array(
      z.strictObject({
        name: plainText(shippingLimits.zoneName),
        areas: z
          .array(
            z.strictObject({
              country,
              postalCodes: z
                .strictObject({ from: postalCode, to: postalCode })
                .nullable()
                .default(null)
                .describe(
                  'How the codes begin, of one length, in capital letters and digits; null: the whole country.',
                ),
            }),
          )
          .max(shippingLimits.areas)
          .describe('Empty: wherever no other zone holds. A postal code goes before its country.'),
        rows: z
          .record(
            currency,
            z
              .array(
                z.strictObject({
                  upTo: amount.nullable().describe('Inclusive; null, in the last: however much.'),
                  priceMinor: amount,
                }),
              )
              .min(1)
              .max(shippingLimits.rows),
          )
          .describe('By currency, rising. What is above the last row is not carried.'),
      }),
    )
    .min(1)
    .max(shippingLimits.zones),
});

const method = {
  code: plainText(60),
  name: plainText(200),
  countries: z.array(country).max(MAX_COUNTRIES).describe('Empty: to wherever is sold.'),
  pricesMinor: amounts.describe(
    'The flat price by currency; empty with a table. Not offered in other currencies.',
  ),
  freeFromMinor: amounts.describe('By currency: free from this much of goods.'),
};

const rest = {
  rates: rates.nullable().describe('null: the price is flat.'),
  taxCategory: plainText(60)
    .nullable()
    .describe('One of the tax rules; null: taxed as what has no category of its own.'),
  pickUp: z
    .strictObject({
      location: plainText(60).describe('Code of a location of the store.'),
      address: addressBody,
    })
    .nullable()
    .describe('Where the order is fetched; free where no price is stated. null: it is sent.'),
  carrier: z
    .strictObject({
      name: plainText(shippingLimits.carrierName),
      trackingUrl: z
        .string()
        .max(shippingLimits.trackingUrl)
        .nullable()
        .default(null)
        .describe('http(s), with {number} once behind the host.'),
    })
    .nullable()
    .describe('Who carries it: filled in for parcels that are sent with no more than a number.'),
};

export const shippingMethod = z.strictObject({
  ...method,
  rates: rest.rates.default(null),
  taxCategory: rest.taxCategory.default(null),
  pickUp: rest.pickUp.default(null),
  carrier: rest.carrier.default(null),
});

const { code: _code, ...methodContent } = shippingMethod.shape;

export const shippingMethodBody = z.strictObject(methodContent);
export type ShippingMethodBody = z.infer<typeof shippingMethodBody>;

export const shippingMethodParams = z.strictObject({ code: storeCode, method: method.code });
export type ShippingMethodParams = z.infer<typeof shippingMethodParams>;

export const shippingMethodAnswer = z.object({ ...method, ...rest });
type ShippingMethodAnswer = z.infer<typeof shippingMethodAnswer>;

const version = z.number().int().describe('That of the sales settings.');

export const statedMethodAnswer = z.object({ ...shippingMethodAnswer.shape, version });
export type StatedMethodAnswer = z.infer<typeof statedMethodAnswer>;

export const shippingMethodsAnswer = z.object({ items: z.array(shippingMethodAnswer), version });
export type ShippingMethodsAnswer = z.infer<typeof shippingMethodsAnswer>;

export function shippingMethodAnswerOf(stored: ShippingMethod): ShippingMethodAnswer {
  const { rates: table, pickUp, carrier } = stored;
  return {
    code: stored.code,
    name: stored.name,
    countries: [...stored.countries],
    pricesMinor: { ...stored.pricesMinor },
    freeFromMinor: { ...stored.freeFromMinor },
    rates: table
      ? {
          by: table.by,
          zones: table.zones.map(({ name, areas, rows }) => ({
            name,
            areas: [...areas],
            rows: Object.fromEntries(
              Object.entries(rows).map(([code, each]) => [code, [...each]] as const),
            ),
          })),
        }
      : null,
    taxCategory: stored.taxCategory ?? null,
    pickUp: pickUp ?? null,
    carrier: carrier ?? null,
  };
}
