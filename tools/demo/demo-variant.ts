import type { VariantDraft } from '#authoring/catalog';
import { demoNumber } from './demo-identity.js';

const DOLLARS_PER_EURO = 1.08;

/** Prices in both currencies as shops write them; about every seventh is reduced. */
export function pricesFor(sku: string, euroMinor: number): VariantDraft['prices'] {
  const isReduced = demoNumber(`reduced ${sku}`, 7) === 0;
  const price = (
    currency: string,
    minor: number,
    ending: number,
  ): VariantDraft['prices'][number] => {
    const amountMinor = endingIn(minor, ending);
    return {
      currency,
      amountMinor,
      compareAtMinor: isReduced ? endingIn(minor * 1.2, ending) : null,
    };
  };
  return [price('EUR', euroMinor, 90), price('USD', euroMinor * DOLLARS_PER_EURO, 99)];
}

function endingIn(minor: number, ending: number): number {
  return Math.max(1, Math.round(minor / 100)) * 100 - 100 + ending;
}

/** A few are sold out, some of those can be ordered nevertheless. */
export function stockFor(sku: string): VariantDraft['stock'] {
  const draw = demoNumber(`stock ${sku}`, 12);
  const onHand = draw === 0 ? 0 : 2 + demoNumber(`on hand ${sku}`, 140);
  return { onHand, isTracked: true, allowsBackorder: demoNumber(`backorder ${sku}`, 5) === 0 };
}

/** An EAN-13 of the range for use inside a shop, with its check digit. */
export function barcodeFor(sku: string): string {
  const digits = `29${String(demoNumber(`barcode ${sku}`, 4_000_000_000)).padStart(10, '0')}`;
  const sum = [...digits].reduce(
    (total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3),
    0,
  );
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
