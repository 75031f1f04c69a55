import { Injectable } from '@nestjs/common';
import { heldRows, type OuterRowOf, type Renamed, sql, type Transaction } from '#libs/database';
import type { StockedProducts } from '#libs/inventory';
import {
  PricedProducts,
  type PricedProduct,
  type PriceSpan,
  type VariantAddress,
} from '#libs/pricing';
import { StoreLookup, type StoreColumns } from '#libs/stores';
import { catalogErrors } from '../../model/catalog.errors.js';
import { catalogTags } from '../../model/catalog.tags.js';
import type { CategoryEntity } from '../../model/category.entity.js';
import type { ProductEntity } from '../../model/product.entity.js';
import type { ProductVariantEntity } from '../../model/product-variant.entity.js';

/** One row for each category that the product is in, from its own one up; one row for none. */
type AddressRow = StoreColumns &
  OuterRowOf<ProductEntity, 'status'> &
  Renamed<OuterRowOf<ProductEntity, 'id'>, { product_id: 'id' }> &
  Renamed<OuterRowOf<ProductVariantEntity, 'id'>, { variant_id: 'id' }> &
  Renamed<OuterRowOf<CategoryEntity, 'id'>, { category_id: 'id' }>;

const recursive = sql.byDialect({ sqlite: sql`RECURSIVE `, mssql: sql.empty });

/**
 * What pricing and inventory need of products, without loading one: a single statement finds a variant
 * under its address, and a single one keeps lists true.
 */
@Injectable()
export class ListedProductRepository extends PricedProducts implements StockedProducts {
  constructor(private readonly stores: StoreLookup) {
    super();
  }

  override async lock(tx: Transaction, address: VariantAddress): Promise<PricedProduct> {
    const rows = await this.find(tx, address);
    const [first] = rows;
    if (first === undefined) return this.refuse(tx, address.storeCode);
    const { productId, variantId, storeCode } = address;
    if (first.product_id === null) {
      throw catalogErrors.productNotFound({ details: { product: productId } });
    }
    if (first.variant_id === null) {
      throw catalogErrors.variantNotFound({ details: { variant: variantId } });
    }
    const { store_id: storeId, status } = first;
    const categoryIds = rows.flatMap(({ category_id: id }) => id ?? []);
    return {
      storeId,
      currencies: JSON.parse(first.currencies_json) as string[],
      respan: async (currency, span) => {
        if (status !== 'active') return;
        await writeSpan(tx, { productId, storeId, currency }, span);
        tx.invalidate(
          catalogTags.storeProducts(storeCode),
          ...categoryIds.map(catalogTags.categoryProducts),
        );
      },
    };
  }

  private find(tx: Transaction, address: VariantAddress): Promise<AddressRow[]> {
    const { storeCode, productId, variantId } = address;
    return tx.query<AddressRow>(
      sql`WITH ${recursive}above (id, parent_id) AS (
            SELECT c.id, c.parent_id
            FROM product q
            JOIN category c ON c.id = q.category_id
            WHERE q.id = ${productId}
            UNION ALL
            SELECT c.id, c.parent_id
            FROM above a
            JOIN category c ON c.id = a.parent_id
          )
          SELECT s.store_id, s.currencies_json, p.id AS product_id, p.status, v.id AS variant_id,
            a.id AS category_id
          FROM ${this.stores.rowOf(storeCode)} s
          LEFT JOIN product p${heldRows(tx)} ON p.id = ${productId} AND p.store_id = s.store_id
          LEFT JOIN product_variant v ON v.id = ${variantId} AND v.product_id = p.id
          LEFT JOIN above a ON p.id IS NOT NULL`,
    );
  }

  /** There is no such store; says so as every other operation does. */
  private async refuse(tx: Transaction, storeCode: string): Promise<never> {
    await this.stores.getByCode(tx, storeCode);
    throw new TypeError('a store that is there has a row');
  }
}

/** The row that lists of a currency are sorted and filtered by; none without a price. */
async function writeSpan(
  tx: Transaction,
  row: { readonly productId: string; readonly storeId: string; readonly currency: string },
  span: PriceSpan | undefined,
): Promise<void> {
  const { productId, storeId, currency } = row;
  if (span === undefined) {
    await tx.execute(
      sql`DELETE FROM product_listing_price
          WHERE product_id = ${productId} AND currency = ${currency}`,
    );
    return;
  }
  const { minMinor, maxMinor } = span;
  const updated = await tx.execute(
    sql`UPDATE product_listing_price
        SET min_minor = ${minMinor}, max_minor = ${maxMinor}
        WHERE product_id = ${productId} AND currency = ${currency}`,
  );
  if (updated > 0) return;
  await tx.execute(
    sql.insert('product_listing_price', [
      {
        product_id: productId,
        currency,
        store_id: storeId,
        min_minor: minMinor,
        max_minor: maxMinor,
      },
    ]),
  );
}
