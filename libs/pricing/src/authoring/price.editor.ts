import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Transaction } from '#libs/database';
import { staleVersion } from '#libs/kernel';
import { priceBreaches, spanOf, settledPrices } from '../model/price.js';
import type { StoredPrice, VariantPrice } from '../model/price.js';
import {
  PricedProducts,
  type PricedProduct,
  type VariantAddress,
} from '../model/priced-products.js';
import { pricingErrors } from '../model/pricing.errors.js';
import { pricingTags } from '../model/pricing.tags.js';
import { PriceListRepository } from './price-list.repository.js';
import { PriceRepository, type PricesInList } from './price.repository.js';

/** A price before and after; undefined where there is none. */
interface PriceStep {
  readonly before: StoredPrice | undefined;
  readonly after: StoredPrice | undefined;
}

/**
 * Prices, as the back office changes them; one unit of work each, of at most six statements once the
 * store has prices in the currency. Every change is based on the version of the price
 * (`http.stale-version` when that is not the current one; 0 stands for no price yet), is audited, and
 * invalidates prices, and lists when the span of the product's prices is another. Texts stay valid. A
 * change that changes nothing writes, audits and invalidates nothing.
 */
@Injectable()
export class PriceEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly products: PricedProducts,
    private readonly lists: PriceListRepository,
    private readonly prices: PriceRepository,
  ) {}

  /**
   * Sets what a variant costs in a currency of the store. Throws `pricing.price-invalid`, and what
   * {@link PricedProducts.lock} throws.
   */
  set(
    address: VariantAddress,
    version: number,
    price: Omit<VariantPrice, 'version'>,
  ): Promise<StoredPrice> {
    return this.unitOfWork.run(async (tx) => {
      const product = await this.products.lock(tx, address);
      const errors = priceBreaches(product.currencies, [price]);
      if (errors.length > 0) throw pricingErrors.priceInvalid({ details: { errors } });
      const stored = await this.inList(tx, product, address, price.currency);
      const before = stored.prices.get(address.variantId);
      const [after] = settledPrices(before === undefined ? [] : [before], [{ ...price, version }]);
      if (after === undefined) throw new TypeError('one stated price settles as one');
      if (after === before) return before;
      await this.write(tx, product, address, stored, { before, after });
      return after;
    });
  }

  /** Takes the price of a variant in a currency away. Throws `catalog.price-not-found`. */
  async remove(address: VariantAddress, currency: string, version: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const product = await this.products.lock(tx, address);
      const stored = await this.inList(tx, product, address, currency);
      const before = stored.prices.get(address.variantId);
      if (before === undefined) throw pricingErrors.priceNotFound();
      if (before.version !== version) throw staleVersion(before.version);
      await this.write(tx, product, address, stored, { before, after: undefined });
    });
  }

  private inList(
    tx: Transaction,
    { storeId }: PricedProduct,
    { productId }: VariantAddress,
    currency: string,
  ): Promise<PricesInList> {
    return this.prices.inBaseList(tx, storeId, currency, productId);
  }

  private async write(
    tx: Transaction,
    product: PricedProduct,
    address: VariantAddress,
    stored: PricesInList,
    { before, after }: PriceStep,
  ): Promise<void> {
    const { productId, variantId } = address;
    const currency = (after ?? before)?.currency ?? '';
    const listId =
      stored.listId ?? (await this.lists.ensureBase(tx, product.storeId, currency, new Map()));
    const place = { listId, productId, variantId };
    const isWritten = await this.writeRow(tx, place, { before, after });
    // Held rows cannot change; a row that did is not the one that was decided about.
    if (!isWritten) throw staleVersion(before?.version ?? 0);
    const others = [...stored.prices].flatMap(([id, each]) => (id === variantId ? [] : [each]));
    const span = spanOf(after === undefined ? others : [...others, after]);
    const spanBefore = spanOf([...stored.prices.values()]);
    if (JSON.stringify(span) !== JSON.stringify(spanBefore)) await product.respan(currency, span);
    tx.invalidate(pricingTags.prices(productId));
    tx.audit({
      action: after === undefined ? 'pricing:price:remove' : 'pricing:price:set',
      entity: 'price',
      entityId: variantId,
      before: { productId, price: before ?? null },
      after: { productId, price: after ?? null },
    });
  }

  private async writeRow(
    tx: Transaction,
    place: Parameters<PriceRepository['insert']>[1],
    { before, after }: PriceStep,
  ): Promise<boolean> {
    if (after === undefined) return this.prices.remove(tx, place, before?.version ?? 0);
    if (before !== undefined) return this.prices.update(tx, place, after);
    await this.prices.insert(tx, place, after);
    return true;
  }
}
