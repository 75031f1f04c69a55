import { Injectable } from '@nestjs/common';
import { sql, type Transaction, type RowOf } from '#libs/database';
import { catalogErrors } from '../../model/catalog.errors.js';
import { catalogTags } from '../../model/catalog.tags.js';
import { versionConflict } from './version-conflict.js';
import type { ProductChange } from './product-change.js';
import { ProductHeadRepository, publishedAtOf } from './product-head.repository.js';
import { ProductRowRepository } from './product-row.repository.js';
import { ProductEntity } from '../../model/product.entity.js';
import type { ProductSheet } from '../../model/product-sheet.js';
import type { Product } from '../../model/product.js';
import { ProductSheets } from '../listing/product-sheets.js';
import type { ProductVariantEntity } from '../../model/product-variant.entity.js';
import type { RelatedProductEntity } from '../../model/related-product.entity.js';

function headOf(product: Product) {
  const { slug, status, brand, categoryId, sourceKey, sourceHash, updatedAt } = product;
  return { slug, status, brand, categoryId, sourceKey, sourceHash, updatedAt };
}

/** The write model of products. Every call names the store: an id alone finds nothing. */
@Injectable()
export class ProductRepository {
  constructor(
    private readonly heads: ProductHeadRepository,
    private readonly rows: ProductRowRepository,
    private readonly sheets: ProductSheets,
  ) {}

  /** Throws `catalog.product-not-found`. */
  async get(tx: Transaction, storeId: string, id: string): Promise<ProductSheet> {
    // The head is held first: a change of a price takes the product before its prices, too.
    const head = await this.heads.find(tx, storeId, id);
    const sheets = await this.sheets.load(tx, storeId, head === undefined ? [] : [head]);
    const sheet = sheets.get(id);
    if (sheet === undefined) throw catalogErrors.productNotFound({ details: { product: id } });
    return sheet;
  }

  /** Throws `catalog.slug-taken` or `catalog.sku-taken` when another product has one of them. */
  async assertUnique(tx: Transaction, product: Product): Promise<void> {
    const { id, storeId, slug, variants } = product;
    const bySlug = await tx.query<RowOf<ProductEntity, 'id'>>(
      sql`
        SELECT id
        FROM product
        WHERE store_id = ${storeId} AND slug = ${slug} AND id <> ${id}`,
    );
    if (bySlug.length > 0) throw catalogErrors.slugTaken({ details: { slug } });
    const skus = variants.map(({ sku }) => sku).filter((sku) => sku !== null);
    const bySku = await tx.query<RowOf<ProductVariantEntity, 'sku'>>(
      sql`SELECT sku
          FROM product_variant
          WHERE store_id = ${storeId} AND sku IN ${sql.in(skus)} AND product_id <> ${id}`,
    );
    if (bySku.length > 0) {
      throw catalogErrors.skuTaken({ details: { skus: bySku.map(({ sku }) => sku) } });
    }
  }

  /**
   * Writes a created, changed or removed product; a changed or removed one only when it was not
   * written since it was loaded (`http.stale-version`). Returns the product as it is now.
   */
  async save(tx: Transaction, change: ProductChange): Promise<ProductSheet | undefined> {
    const { before, after, rowsBefore, rowsAfter } = change;
    const rowChange = { before: rowsBefore, after: rowsAfter };
    if (before === undefined) {
      if (after === undefined) return undefined;
      const { id, storeId, version, createdAt } = after;
      await tx.manager.insert(ProductEntity, {
        id,
        storeId,
        version,
        createdAt,
        publishedAt: publishedAtOf(after),
        ...headOf(after),
      });
      await this.rows.replace(tx, [rowChange]);
      await this.sheets.write(tx, storeId, [change]);
      return after;
    }
    const { id, storeId, version } = before;
    if (after === undefined) {
      // The version is checked first: with another one the rows are not those that were loaded.
      await this.update(tx, before, before);
      await this.rows.replace(tx, [rowChange]);
      await this.sheets.write(tx, storeId, [change]);
      await this.removeRelations(tx, id);
      await tx.execute(sql`
        DELETE FROM product_popularity
        WHERE store_id = ${storeId} AND product_id = ${id}
      `);
      await tx.manager.delete(ProductEntity, { id, storeId });
      return undefined;
    }
    await this.update(tx, before, after);
    await this.heads.notePublished(tx, before, after);
    await this.rows.replace(tx, [rowChange]);
    await this.sheets.write(tx, storeId, [change]);
    return { ...after, version: version + 1 };
  }

  /** Those that were related to the product show one less. */
  private async removeRelations(tx: Transaction, id: string): Promise<void> {
    const relating = await tx.query<RowOf<RelatedProductEntity, 'product_id'>>(sql`
      SELECT product_id
      FROM related_product
      WHERE related_id = ${id}
    `);
    tx.invalidate(
      ...[id, ...relating.map((row) => row.product_id)].map(catalogTags.relatedProducts),
    );
    await tx.execute(sql`
      DELETE FROM related_product
      WHERE product_id = ${id} OR related_id = ${id}
    `);
  }

  private async update(tx: Transaction, before: Product, after: Product): Promise<void> {
    const { id, storeId, version } = before;
    const result = await tx.manager
      .createQueryBuilder()
      .update(ProductEntity)
      .set(headOf(after))
      .where({ id, storeId, version })
      .updateEntity(false)
      .execute();
    if (result.affected !== 1) throw await versionConflict(tx, 'product', id);
  }
}
