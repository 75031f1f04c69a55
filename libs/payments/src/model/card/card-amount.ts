import { minorUnitDigits } from '#libs/kernel';
import { paymentsErrors } from '../payments.errors.js';

/** Digits of amounts in the provider's API where they are not those of ISO 4217. */
const DIGITS: Readonly<Record<string, number>> = { ISK: 2, UGX: 2, MGA: 0 };

/**
 * An amount as the card provider writes it. Throws `payments.amount-not-chargeable` where the provider has
 * fewer digits than the currency, and for the last of three digits, which it takes only as 0.
 * Source: https://docs.stripe.com/currencies (zero-decimal, three-decimal and special cases)
 */
export function cardAmountOf(amountMinor: number, currency: string): number {
  const amount = shifted(amountMinor, digitsOf(currency) - minorUnitDigits(currency));
  const isTaken = minorUnitDigits(currency) < 3 || (amount !== undefined && amount % 10 === 0);
  if (amount === undefined || !Number.isSafeInteger(amount) || !isTaken) {
    throw paymentsErrors.amountNotChargeable({ details: { amount: amountMinor, currency } });
  }
  return amount;
}

/** The amount in minor units that the provider's amount stands for. */
export function minorOfCardAmount(amount: number, currency: string): number {
  const minor = shifted(amount, minorUnitDigits(currency) - digitsOf(currency));
  if (minor === undefined) throw paymentsErrors.amountNotChargeable({ details: { currency } });
  return minor;
}

function digitsOf(currency: string): number {
  return Object.hasOwn(DIGITS, currency) ? (DIGITS[currency] as number) : minorUnitDigits(currency);
}

/** Undefined when digits other than 0 would be lost. */
function shifted(amount: number, digits: number): number | undefined {
  if (digits >= 0) return amount * 10 ** digits;
  const factor = 10 ** -digits;
  return amount % factor === 0 ? amount / factor : undefined;
}
