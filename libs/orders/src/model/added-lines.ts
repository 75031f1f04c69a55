import type { TaxLine } from '#libs/carts';
import type { AddedLine } from '#libs/payments';
import type { Order, OrderLine } from './order.js';
import { shippingShareOf, type Priced } from './reduced-shares.js';

type Charge = Pick<AddedLine, 'netMinor' | 'totalMinor'> & { readonly taxes: readonly TaxLine[] };
type Named = Omit<AddedLine, keyof Charge | 'quantity'>;

/**
 * What an edit changes, part by part, for the invoice of a balance: what is more of a line or of the shipping, and what is less below
 * zero. Pure; all of it together is the difference of the totals, of each tax too, and nothing is rounded. A part that is taxed at other
 * rates than before stands twice: what it was below zero, and what it is.
 */
export function addedLines(
  before: Pick<Order, 'lines' | 'shipping'> & Priced,
  after: Pick<Order, 'lines' | 'shipping'> & Priced,
): readonly AddedLine[] {
  const had = new Map(before.lines.map((line) => [line.variantId, line]));
  const has = new Map(after.lines.map((line) => [line.variantId, line]));
  const items = [...new Set([...had.keys(), ...has.keys()])].flatMap((variantId) => {
    const [was, is] = [had.get(variantId), has.get(variantId)];
    const named = is ?? was;
    if (named === undefined) return [];
    const { name, sku, optionValues } = named;
    const quantity = (is?.quantity ?? 0) - (was?.quantity ?? 0);
    const of = { kind: 'item', name, sku, optionValues } as const;
    return differences(of, quantity === 0 ? null : quantity, chargeOf(was), chargeOf(is));
  });
  const { name } = after.shipping;
  const shipping = { kind: 'shipping', name, sku: null, optionValues: [] } as const;
  const shares = [shippingShareOf(before), shippingShareOf(after)] as const;
  return [...items, ...differences(shipping, null, ...shares)];
}

const NOTHING: Charge = { netMinor: 0, taxes: [], totalMinor: 0 };

function differences(named: Named, quantity: number | null, was: Charge, is: Charge): AddedLine[] {
  const isSame = ratesOf(was) === ratesOf(is) || was === NOTHING || is === NOTHING;
  const parts = isSame ? [minus(is, was)] : [minus(NOTHING, was), is];
  return parts
    .filter(({ netMinor, taxes }) => netMinor !== 0 || taxes.some(isTaken) || quantity !== null)
    .map((part, index) => ({ ...named, ...part, quantity: index === 0 ? quantity : null }));
}

/** Of the same rates, or one of them is nothing. */
function minus(is: Charge, was: Charge): Charge {
  const rates = is === NOTHING ? was.taxes : is.taxes;
  return {
    netMinor: is.netMinor - was.netMinor,
    taxes: rates.map((rate, index) => ({
      ...rate,
      amountMinor: (is.taxes[index]?.amountMinor ?? 0) - (was.taxes[index]?.amountMinor ?? 0),
    })),
    totalMinor: is.totalMinor - was.totalMinor,
  };
}

function chargeOf(line: OrderLine | undefined): Charge {
  if (line === undefined) return NOTHING;
  const { subtotalMinor, discountMinor, taxes, totalMinor } = line;
  return { netMinor: subtotalMinor - discountMinor, taxes, totalMinor };
}

function ratesOf({ taxes }: Charge): string {
  return taxes.map(({ code, ratePpm }) => `${code} ${ratePpm}`).join('|');
}

function isTaken({ amountMinor }: TaxLine): boolean {
  return amountMinor !== 0;
}
