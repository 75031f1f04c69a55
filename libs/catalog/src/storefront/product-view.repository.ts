import type { StoreView } from '#libs/stores';
import { Injectable } from '@nestjs/common';
import {
  type OuterRowOf,
  type Renamed,
  type RowOf,
  sql,
  SqlReader,
  type SqlStatement,
} from '#libs/database';
import { loadProductParts, type ProductParts } from '../model/product-parts.js';
import type { CardTexts, ProductTextSource } from './product.view.js';
import type { ProductEntity } from '../model/product.entity.js';
import type { ProductImageEntity } from '../model/product-image.entity.js';
import type { ProductTranslationEntity } from '../model/product-translation.entity.js';

type HeadRow = RowOf<
  ProductEntity,
  'id' | 'store_id' | 'slug' | 'status' | 'brand' | 'category_id' | 'updated_at'
>;

type CardRow = RowOf<ProductEntity, 'id' | 'slug' | 'brand'> &
  OuterRowOf<ProductTranslationEntity, 'name'> &
  Renamed<OuterRowOf<ProductTranslationEntity, 'name'>, { fallback_name: 'name' }> &
  OuterRowOf<ProductImageEntity, 'url' | 'alt'>;

export interface CardFocus {
  readonly store: StoreView;
  readonly locale: string;
}

/** Where a slug leads: which product, and whether shoppers may see it. */
export interface SlugTarget extends HeadRow {
  readonly isVisible: boolean;
}

/** Reads what storefront screens show of products, always within one store. */
@Injectable()
export class ProductViewRepository {
  constructor(private readonly database: SqlReader) {}

  /**
   * The product with the slug, else the one that was imported under this handle: a shop that moves
   * here keeps its addresses, also where the handle cannot be a slug or the slug was given before.
   */
  async findBySlug(storeId: string, slug: string): Promise<SlugTarget | undefined> {
    const row =
      (await this.headWhere(storeId, sql`slug = ${slug}`)) ??
      (await this.headWhere(storeId, sql`source_key = ${slug}`));
    return row === undefined ? undefined : { ...row, isVisible: row.status === 'active' };
  }

  private async headWhere(storeId: string, condition: SqlStatement): Promise<HeadRow | undefined> {
    const rows = await this.database.query<HeadRow>(
      sql`
        SELECT id, store_id, slug, status, brand, category_id, updated_at
        FROM product
        WHERE store_id = ${storeId} AND ${condition}
      `,
    );
    return rows[0];
  }

  async source(target: SlugTarget): Promise<ProductTextSource | undefined> {
    const parts = (await loadProductParts(this.database, [target.id])).get(target.id);
    return parts === undefined ? undefined : sourceOf(target, parts);
  }

  /** Ids of products that shoppers may see, of every store; at most `limit` behind `afterId`. */
  async visibleIds(afterId: string, limit: number): Promise<string[]> {
    const rows = await this.database.query<RowOf<ProductEntity, 'id'>>(
      sql`SELECT id
          FROM product
          WHERE status = 'active' AND id > ${afterId}
          ORDER BY id
          ${sql.limit(limit)}`,
    );
    return rows.map(({ id }) => id);
  }

  /** Those of the products that shoppers may see, with all of their texts. */
  async visible(ids: readonly string[]): Promise<ReadonlyMap<string, ProductTextSource>> {
    const rows = await this.database.query<HeadRow>(
      sql`SELECT id, store_id, slug, status, brand, category_id, updated_at
          FROM product
          WHERE status = 'active' AND id IN ${sql.in(ids)}`,
    );
    const parts = await loadProductParts(
      this.database,
      rows.map(({ id }) => id),
    );
    return new Map(
      rows.flatMap((row) => {
        const own = parts.get(row.id);
        return own === undefined ? [] : [[row.id, sourceOf(row, own)]];
      }),
    );
  }

  /** What cards say of the visible products among `ids`, in no particular order. */
  async cards({ store, locale }: CardFocus, ids: readonly string[]): Promise<CardTexts[]> {
    const rows = await this.database.query<CardRow>(
      sql`SELECT p.id, p.slug, p.brand, t.name, d.name AS fallback_name, i.url, i.alt
          FROM product p
          LEFT JOIN product_translation t ON t.product_id = p.id AND t.locale = ${locale}
          LEFT JOIN product_translation d
            ON d.product_id = p.id AND d.locale = ${store.defaultLocale}
          LEFT JOIN product_image i ON i.product_id = p.id AND i.sort_position = 0
          WHERE p.store_id = ${store.id} AND p.status = 'active' AND p.id IN ${sql.in(ids)}`,
    );
    return rows.map((row) => ({
      id: row.id,
      storeId: store.id,
      slug: row.slug,
      name: row.name ?? row.fallback_name ?? row.slug,
      brand: row.brand,
      image: row.url === null ? null : { url: row.url, alt: row.alt },
    }));
  }
}

function sourceOf(head: HeadRow, parts: ProductParts): ProductTextSource {
  return {
    id: head.id,
    storeId: head.store_id,
    slug: head.slug,
    brand: head.brand,
    categoryId: head.category_id,
    updatedAt: head.updated_at,
    ...parts,
  };
}
