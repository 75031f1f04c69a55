import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import { loadBasePrices } from '../../model/base-prices.js';
import { PriceBook } from '../../model/price-book.js';
import { settledPrices, spanOf, type PriceSpan, type StoredPrice } from '../../model/price.js';
import type { PlacedPrice } from '../../model/price-verdicts.js';
import { pricingErrors } from '../../model/pricing.errors.js';
import type { PriceVerdict, Repricing } from '../../model/repricing.js';
import { SelectedProducts } from '../../model/selected-products.js';
import { RepricedPriceRepository } from './repriced-price.repository.js';
import type { RepricingPage } from './repricing-plan.js';
import { RepricingRepository } from './repricing.repository.js';

/** Prices of one product by variant, in one currency. */
type ByVariant = Map<string, StoredPrice>;

/**
 * Carries out one page of a repricing in the unit of work that also notes how far the repricing is, so
 * that each price changes once. It voids the prices of each product that has another one now, and its
 * lists when the span is another; every price that changes is audited.
 */
@Injectable()
export class RepricingWriter {
  constructor(
    private readonly products: SelectedProducts,
    private readonly book: PriceBook,
    private readonly repricings: RepricingRepository,
    private readonly repriced: RepricedPriceRepository,
  ) {}

  /** Throws `pricing.repricing-undone` once another one puts back what this one did. */
  async write(tx: Transaction, id: string, page: RepricingPage): Promise<void> {
    const repricing = await this.repricings.get(tx, id);
    if (repricing.undoneBy !== null) throw pricingErrors.repricingUndone({ details: { id } });
    const { storeId, storeCode, currency, progress } = repricing;
    const held = await this.products.hold(tx, { id: storeId, code: storeCode }, page.productIds);
    const current = await this.pricesOf(tx, repricing, page.productIds);
    const verdicts = page.decide(current);
    await held.respan(currency, await this.replace(tx, storeId, current, verdicts));
    await this.repriced.insert(tx, id, verdicts);
    const changed = verdicts.filter(({ outcome }) => outcome === 'changed').length;
    const unchanged = verdicts.filter(({ outcome }) => outcome === undefined).length;
    await this.repricings.saveProgress(tx, id, {
      afterProductId: page.upTo,
      products: progress.products + page.productIds.length,
      changed: progress.changed + changed,
      unchanged: progress.unchanged + unchanged,
      skipped: progress.skipped + verdicts.length - changed - unchanged,
    });
    auditChanges(tx, id, verdicts);
  }

  private async pricesOf(
    tx: Transaction,
    { storeId, currency }: Repricing,
    productIds: readonly string[],
  ): Promise<PlacedPrice[]> {
    return placedPrices(await loadBasePrices(tx, { storeId, currency }, productIds));
  }

  /** Writes what changes and resolves with the spans that are others now. */
  private async replace(
    tx: Transaction,
    storeId: string,
    current: readonly PlacedPrice[],
    verdicts: readonly PriceVerdict[],
  ): Promise<Map<string, PriceSpan>> {
    const before = byProduct(current);
    const after = byProduct(current);
    const touched = new Set<string>();
    for (const { productId, variantId, before: stood, after: wanted, outcome } of verdicts) {
      if (outcome !== 'changed' || stood === undefined || wanted === undefined) continue;
      const [settled] = settledPrices([stood], [wanted]);
      if (settled === undefined) throw new TypeError('one stated price settles as one');
      after.get(productId)?.set(variantId, settled);
      touched.add(productId);
    }
    const ids = [...touched];
    const pricesIn = (prices: Map<string, ByVariant>, id: string) => prices.get(id) ?? new Map();
    await this.book.replace(
      tx,
      storeId,
      ids.map((productId) => ({
        productId,
        isNew: false,
        before: listed(pricesIn(before, productId)),
        after: listed(pricesIn(after, productId)),
      })),
    );
    const spans = new Map<string, PriceSpan>();
    for (const productId of ids) {
      const span = spanOf([...pricesIn(after, productId).values()]);
      const spanBefore = spanOf([...pricesIn(before, productId).values()]);
      if (span === undefined || JSON.stringify(span) === JSON.stringify(spanBefore)) continue;
      spans.set(productId, span);
    }
    return spans;
  }
}

/** Rows of base prices as what verdicts are made of. */
export function placedPrices(rows: Awaited<ReturnType<typeof loadBasePrices>>): PlacedPrice[] {
  return rows.map((row) => ({
    productId: row.product_id,
    variantId: row.variant_id,
    price: {
      currency: row.currency,
      amountMinor: row.amount_minor,
      compareAtMinor: row.compare_at_minor,
      version: row.version,
    },
  }));
}

function byProduct(prices: readonly PlacedPrice[]): Map<string, ByVariant> {
  const products = new Map<string, ByVariant>();
  for (const { productId, variantId, price } of prices) {
    const variants = products.get(productId) ?? new Map<string, StoredPrice>();
    products.set(productId, variants.set(variantId, price));
  }
  return products;
}

function listed(prices: ByVariant): Map<string, readonly StoredPrice[]> {
  return new Map([...prices].map(([variantId, price]) => [variantId, [price]]));
}

function auditChanges(tx: Transaction, repricing: string, verdicts: readonly PriceVerdict[]): void {
  for (const { outcome, productId, variantId, before, after } of verdicts) {
    if (outcome !== 'changed') continue;
    tx.audit({
      action: 'pricing:price:set',
      entity: 'price',
      entityId: variantId,
      before: { productId, price: before },
      after: { productId, price: after, repricing },
    });
  }
}
