import { Injectable } from '@nestjs/common';
import type { SqlQueries, Transaction } from '#libs/database';
import { NO_STOCK, StockBook } from '#libs/inventory';
import { PriceBook } from '#libs/pricing';
import { loadProductParts } from '../../model/product-parts.js';
import { pricesOf, stockOf, type ProductSheet } from '../../model/product-sheet.js';
import type { Product } from '../../model/product.js';
import type { ProductChange } from '../products/product-change.js';

/** Composes products of what the catalog, pricing and inventory know, and gives each its share to write. */
@Injectable()
export class ProductSheets {
  constructor(
    private readonly prices: PriceBook,
    private readonly stock: StockBook,
  ) {}

  /**
   * The whole products of head rows of one store, by id, with a fixed number of statements. The heads
   * must have been read under the caller's scope.
   */
  async load(
    queries: SqlQueries,
    storeId: string,
    heads: readonly Product[],
  ): Promise<Map<string, ProductSheet>> {
    const ids = heads.map(({ id }) => id);
    const parts = await loadProductParts(queries, ids);
    const prices = await this.prices.load(queries, storeId, ids);
    const stock = await this.stock.load(queries, ids);
    return new Map(
      heads.map((head) => {
        const { variants = [], ...rest } = parts.get(head.id) ?? {};
        const sheet: ProductSheet = {
          ...head,
          ...rest,
          variants: variants.map((variant) => ({
            ...variant,
            prices: prices.get(variant.id) ?? [],
            stock: stock.get(variant.id) ?? NO_STOCK,
          })),
        };
        return [head.id, sheet];
      }),
    );
  }

  /** Writes what of the changes is not the catalog's. */
  async write(tx: Transaction, storeId: string, changes: readonly ProductChange[]): Promise<void> {
    const named = changes.flatMap(({ before, after }) => {
      const productId = (after ?? before)?.id;
      const isNew = before === undefined;
      return productId === undefined ? [] : [{ productId, isNew, before, after }];
    });
    await this.prices.replace(
      tx,
      storeId,
      named.map(({ before, after, ...rest }) => ({
        ...rest,
        before: pricesOf(before),
        after: pricesOf(after),
      })),
    );
    await this.stock.replace(
      tx,
      storeId,
      named.map(({ before, after, ...rest }) => ({
        ...rest,
        before: stockOf(before),
        after: stockOf(after),
      })),
    );
  }
}
