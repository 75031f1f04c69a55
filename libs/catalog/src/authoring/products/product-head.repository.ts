import { Injectable } from '@nestjs/common';
import {
  chunksOf,
  heldRows,
  insertRows,
  MAX_PARAMETERS,
  type RowOf,
  sql,
  type Transaction,
} from '#libs/database';
import type { ProductChange } from './product-change.js';
import type { Product } from '../../model/product.js';
import type { ProductEntity } from '../../model/product.entity.js';

export type HeadRow = Omit<RowOf<ProductEntity>, 'published_at'>;

export const headColumns = sql`p.id, p.store_id, p.slug, p.status, p.brand, p.category_id, p.source_key, p.source_hash, p.version, p.created_at, p.updated_at`;

/** The head rows of many products at once; see {@link ProductRepository} for single ones. */
@Injectable()
export class ProductHeadRepository {
  /**
   * Products of the store by their source key, without their parts. No other unit of work writes them until
   * this one ends.
   */
  async findBySource(
    tx: Transaction,
    storeId: string,
    sourceKeys: readonly string[],
  ): Promise<Map<string, Product>> {
    const found = new Map<string, Product>();
    for (const chunk of chunksOf(sourceKeys, MAX_PARAMETERS - 1)) {
      const rows = await tx.query<HeadRow>(
        sql`SELECT ${headColumns}
            FROM product p${heldRows(tx)}
            WHERE p.store_id = ${storeId} AND p.source_key IN ${sql.in(chunk)}`,
      );
      for (const row of rows) {
        if (row.source_key !== null) found.set(row.source_key, productOfHead(row));
      }
    }
    return found;
  }

  /** A product of the store without its parts. Nothing else writes it until the unit of work ends. */
  async find(tx: Transaction, storeId: string, id: string): Promise<Product | undefined> {
    const rows = await tx.query<HeadRow>(
      sql`SELECT ${headColumns}
          FROM product p${heldRows(tx)}
          WHERE p.id = ${id} AND p.store_id = ${storeId}`,
    );
    return rows.map(productOfHead)[0];
  }

  /** Requires that the changed products were found by this unit of work. */
  async saveMany(tx: Transaction, changes: readonly ProductChange[]): Promise<void> {
    const created: Product[] = [];
    for (const { before, after } of changes) {
      if (after === undefined) continue;
      if (before === undefined) created.push(after);
      else {
        await this.update(tx, after);
        await this.notePublished(tx, before, after);
      }
    }
    const rows = created.map((product) => ({
      id: product.id,
      store_id: product.storeId,
      slug: product.slug,
      status: product.status,
      brand: product.brand,
      category_id: product.categoryId,
      source_key: product.sourceKey,
      source_hash: product.sourceHash,
      version: product.version,
      created_at: product.createdAt,
      published_at: publishedAtOf(product),
      updated_at: product.updatedAt,
    }));
    await insertRows(tx, 'product', rows);
  }

  /** Only the first time counts: a product that comes back is not new. */
  async notePublished(tx: Transaction, before: Product, after: Product): Promise<void> {
    if (before.status === 'active' || after.status !== 'active') return;
    await tx.execute(
      sql`UPDATE product
          SET published_at = ${after.updatedAt}
          WHERE id = ${after.id} AND store_id = ${after.storeId} AND published_at IS NULL`,
    );
  }

  private async update(tx: Transaction, product: Product): Promise<void> {
    await tx.execute(
      sql`UPDATE product
          SET slug = ${product.slug}, status = ${product.status}, brand = ${product.brand},
            category_id = ${product.categoryId}, source_key = ${product.sourceKey},
            source_hash = ${product.sourceHash}, updated_at = ${product.updatedAt}, version = version + 1
          WHERE id = ${product.id} AND store_id = ${product.storeId}`,
    );
  }
}

/** Of a product that is made. */
export function publishedAtOf({ status, createdAt }: Product): number | null {
  return status === 'active' ? createdAt : null;
}

/** A product without its parts. */
export function productOfHead(row: HeadRow): Product {
  return {
    id: row.id,
    storeId: row.store_id,
    slug: row.slug,
    status: row.status,
    brand: row.brand,
    categoryId: row.category_id,
    texts: {},
    options: [],
    attributes: [],
    images: [],
    variants: [],
    sourceKey: row.source_key,
    sourceHash: row.source_hash,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
