import { Injectable } from '@nestjs/common';
import { SellableReader, type Sellable } from '#libs/catalog';
import { AvailabilityReader, type Availability } from '#libs/inventory';
import { productLimits } from '#libs/kernel';
import type { OfferedPrice } from '#libs/pricing';
import type { OfferTrial, PromotionCheck } from '#libs/promotions';
import { StoreSettingsReader, taxRatesFor, type TaxRules } from '#libs/stores';
import type { Cart, CartLine } from '../model/cart.js';
import { cartsErrors } from '../model/carts.errors.js';
import type {
  LineChange,
  LineProblem,
  OfferedShipping,
  PricedCart,
  PricedCartLine,
} from '../model/priced-cart.js';
import { calculateTotals } from '../model/totals/calculate-totals.js';
import type { LineTotals, TotalsSnapshot } from '../model/totals/totals.js';
import { CartPrices } from './cart-prices.js';
import { CartPromoting, discountsOf, type CartOffer } from './cart-promoting.js';
import { CartShipping } from './cart-shipping.js';

/** A line with everything that is known of it before anything is calculated. */
interface LineFacts {
  readonly line: CartLine;
  readonly sellable: Sellable | undefined;
  readonly price: OfferedPrice | undefined;
  readonly unitPriceMinor: number | undefined;
  readonly availability: Availability;
}

/** A cart with a promotion that is tried on it. */
export interface TriedCart {
  readonly priced: PricedCart;
  readonly promotionId: string;
  readonly checks: readonly PromotionCheck[];
}

/** What holds for a cart beside what the shop says: it is ordered with staff, or was ordered before. */
export interface OrderTerms {
  /** What one piece costs instead of what is listed, by variant. */
  readonly agreed?: ReadonlyMap<string, number> | undefined;
  /**
   * Variants that an order has pieces of already, so that they can be had however little there is; of how many more there
   * are, the statement that takes them decides.
   */
  readonly held?: ReadonlySet<string> | undefined;
}

interface Appraisal {
  readonly priced: PricedCart;
  readonly offer: CartOffer;
  readonly shippingMinor: number;
}

/** What carts come to, from memory: nothing is asked of the database that the cache holds. */
@Injectable()
export class CartPricing {
  constructor(
    private readonly settings: StoreSettingsReader,
    private readonly sellables: SellableReader,
    private readonly prices: CartPrices,
    private readonly availability: AvailabilityReader,
    private readonly promoting: CartPromoting,
    private readonly shipping: CartShipping,
  ) {}

  /** `at`: the instant by which price lists, promotions and taxes are valid, in epoch milliseconds. */
  async price(cart: Cart, at: number, terms: OrderTerms = {}): Promise<PricedCart> {
    return (await this.appraise(cart, at, terms)).priced;
  }

  /** The same with a promotion that is tried: what it asks for, and what comes of it. */
  async try(cart: Cart, at: number, trial: OfferTrial): Promise<TriedCart> {
    const { priced, offer, shippingMinor } = await this.appraise(cart, at, { trial });
    const promotionId = trial.promotion.id;
    return { priced, promotionId, checks: offer.checksOf(promotionId, shippingMinor) };
  }

  private async appraise(
    cart: Cart,
    at: number,
    { trial, ...terms }: OrderTerms & { readonly trial?: OfferTrial },
  ): Promise<Appraisal> {
    const tax = await this.settings.get(cart.storeCode, 'tax');
    const sales = await this.settings.get(cart.storeCode, 'sales');
    const facts = await this.factsOf(cart, at, terms);
    const sold = facts.filter((each) => problemOf(each) === null);
    const snapshot = snapshotOf(cart, sold, tax, at);
    const offer = await this.promoting.offerFor(cart, sold, at, trial);
    // What is shipped free of charge from depends on what the goods come to, and not the other way round.
    const ofGoods = discountsOf(offer.evaluate(0));
    const goods = calculateTotals({ ...snapshot, discounts: ofGoods });
    const { offered, refused } = await this.shipping.offerFor(sales, cart, {
      goodsMinor: goods.lines.reduce((sum, line) => sum + paidFor(line, tax), 0),
      pieces: sold.reduce((sum, { line }) => sum + line.quantity, 0),
      weightGrams: weightOf(sold),
    });
    const chosen = offered.find(({ code }) => code === cart.shippingMethod);
    const shippingMinor = chosen?.priceMinor ?? 0;
    const outcomes = offer.evaluate(shippingMinor);
    const totals =
      chosen === undefined
        ? goods
        : calculateTotals({
            ...snapshotOf(cart, sold, tax, at, chosen),
            discounts: discountsOf(outcomes),
          });
    const totalsOfLine = new Map(totals.lines.map((each) => [each.lineId, each]));
    const priced = {
      cart,
      lines: facts.map((each) => pricedLine(each, totalsOfLine.get(each.line.id) ?? null)),
      shippingMethods: offered,
      refusedShipping: refused,
      promotions: offer.promotionsOf(outcomes),
      totals,
    };
    return { priced, offer, shippingMinor };
  }

  /** Throws `carts.shipping-method-unknown`, with those that there are. */
  async assertShips(storeCode: string, method: string): Promise<void> {
    const { shippingMethods } = await this.settings.get(storeCode, 'sales');
    const available = shippingMethods.map(({ code }) => code);
    if (available.includes(method)) return;
    throw cartsErrors.shippingMethodUnknown({ details: { available } });
  }

  /** What one piece costs of everything in a cart and of further products, by variant. */
  async unitPrices(
    cart: Cart,
    furtherProductIds: readonly string[],
    at: number,
  ): Promise<ReadonlyMap<string, number>> {
    const ids = new Set([...cart.lines.map(({ productId }) => productId), ...furtherProductIds]);
    const prices = await this.prices.list(cart, [...ids], at);
    return new Map([...prices].map(([variantId, { amountMinor }]) => [variantId, amountMinor]));
  }

  private async factsOf(
    cart: Cart,
    at: number,
    { agreed, held }: OrderTerms,
  ): Promise<LineFacts[]> {
    const { storeCode, locale } = cart;
    const productIds = [...new Set(cart.lines.map(({ productId }) => productId))];
    const sellables = await this.sellables.list({ storeCode, locale }, productIds);
    const prices = await this.prices.list(cart, productIds, at);
    const availability = await this.availability.list(productIds);
    return cart.lines.map((line) => {
      const place = productIds.indexOf(line.productId);
      const agreedMinor = agreed?.get(line.variantId);
      // What was agreed on is of no list.
      const price = agreedMinor === undefined ? prices.get(line.variantId) : undefined;
      return {
        line,
        sellable: sellables.get(line.variantId),
        price,
        unitPriceMinor: agreedMinor ?? price?.amountMinor,
        availability:
          held?.has(line.variantId) === true || cart.heldVariants.has(line.variantId)
            ? 'in-stock'
            : (availability[place]?.[line.variantId] ?? 'out-of-stock'),
      };
    });
  }
}

function problemOf(facts: LineFacts): LineProblem | null {
  const { line, sellable, unitPriceMinor, availability } = facts;
  if (sellable === undefined) return 'not-sold';
  if (unitPriceMinor === undefined) return 'no-price';
  if (line.quantity * unitPriceMinor > productLimits.amountMinor) return 'too-dear';
  return availability === 'out-of-stock' ? 'out-of-stock' : null;
}

/** What is fetched is taxed where it is handed over; a category that is gone is as if none were stated. */
function ratesOf(
  cart: Cart,
  tax: TaxRules,
  at: number,
  { pickUp, taxCategory }: Pick<OfferedShipping, 'pickUp' | 'taxCategory'>,
) {
  const address = pickUp?.address ?? cart.shippingAddress;
  const place =
    address === null
      ? undefined
      : { country: address.country, region: address.region ?? undefined };
  const [first = 'standard'] = tax.categories;
  const category = tax.categories.find((each) => each === taxCategory) ?? first;
  return taxRatesFor(tax, place, category, at);
}

function snapshotOf(
  cart: Cart,
  facts: readonly LineFacts[],
  tax: TaxRules,
  at: number,
  chosen?: OfferedShipping,
): TotalsSnapshot {
  const taxRates = ratesOf(cart, tax, at, { pickUp: chosen?.pickUp ?? null, taxCategory: null });
  return {
    currency: cart.currency,
    pricesIncludeTax: tax.pricesIncludeTax,
    lines: facts.map(({ line, unitPriceMinor }) => ({
      lineId: line.id,
      quantity: line.quantity,
      unitPriceMinor: unitPriceMinor ?? 0,
      taxRates,
    })),
    discounts: [],
    shipping:
      chosen === undefined
        ? undefined
        : {
            method: chosen.code,
            priceMinor: chosen.priceMinor,
            taxRates: ratesOf(cart, tax, at, chosen),
          },
  };
}

/** null: what one of them weighs was never said. */
function weightOf(facts: readonly LineFacts[]): number | null {
  let grams = 0;
  for (const { line, sellable } of facts) {
    const each = sellable?.weightGrams ?? null;
    if (each === null) return null;
    grams += each * line.quantity;
  }
  return grams;
}

/** What of a line counts for a limit that is stated as prices are: with or without tax. */
function paidFor(line: LineTotals, { pricesIncludeTax }: TaxRules): number {
  return pricesIncludeTax ? line.totalMinor : line.subtotalMinor - line.discountMinor;
}

function pricedLine(facts: LineFacts, totals: LineTotals | null): PricedCartLine {
  const { line, sellable, availability, price } = facts;
  return {
    id: line.id,
    productId: line.productId,
    variantId: line.variantId,
    sku: sellable?.sku ?? null,
    slug: sellable?.slug ?? null,
    name: sellable?.name ?? null,
    optionValues: sellable?.optionValues ?? [],
    imageUrl: sellable?.imageUrl ?? null,
    quantity: line.quantity,
    availability,
    problem: problemOf(facts),
    change: changeOf(facts),
    priceReason: price?.reason ?? null,
    totals,
  };
}

function changeOf({ line, sellable, unitPriceMinor }: LineFacts): LineChange | null {
  if (line.seenMinor === null) return null;
  if (sellable === undefined || unitPriceMinor === undefined) return { kind: 'gone' };
  if (unitPriceMinor === line.seenMinor) return null;
  return { kind: 'price', beforeMinor: line.seenMinor, afterMinor: unitPriceMinor };
}
