import { StoreReader, type StoreView } from '#libs/stores';
import { Injectable } from '@nestjs/common';
import { CoherentCache, jsonKey, type CachedReader } from '#libs/cache';
import {
  chunksOf,
  MAX_PARAMETERS,
  type OuterRowOf,
  type Renamed,
  type RowOf,
  sql,
  SqlReader,
} from '#libs/database';
import { catalogTags } from '../model/catalog.tags.js';
import { z } from 'zod';
import { CategoryTreeReader } from './category-tree.reader.js';
import type { ProductEntity } from '../model/product.entity.js';
import type { ProductImageEntity } from '../model/product-image.entity.js';
import type { ProductTranslationEntity } from '../model/product-translation.entity.js';
import type { ProductVariantEntity } from '../model/product-variant.entity.js';

/** A variant as something that can be put into a cart: what it is, not what it costs. */
export interface Sellable {
  readonly variantId: string;
  readonly productId: string;
  readonly sku: string | null;
  readonly slug: string;
  readonly name: string;
  readonly optionValues: readonly string[];
  readonly imageUrl: string | null;
  /** null: its product is in none. */
  readonly categoryId: string | null;
  /** Of one piece; null: it was never said. */
  readonly weightGrams: number | null;
}

interface SellableKey {
  readonly storeCode: string;
  readonly locale: string;
  readonly productId: string;
}

type SellableRow = RowOf<
  ProductVariantEntity,
  'id' | 'product_id' | 'sku' | 'option1' | 'option2' | 'option3' | 'weight_grams' | 'image_url'
> &
  RowOf<ProductEntity, 'slug' | 'category_id'> &
  OuterRowOf<ProductTranslationEntity, 'name'> &
  Renamed<OuterRowOf<ProductTranslationEntity, 'name'>, { fallback_name: 'name' }> &
  OuterRowOf<ProductImageEntity, 'url'>;

/** What {@link SellableReader.resolve} looks for. */
export interface SkuAddress {
  readonly productId: string;
  readonly variantId: string;
}

const TTL_MS = 10 * 60_000;

/** The variants of visible products, as carts and orders name them, from the cache. */
@Injectable()
export class SellableReader {
  private readonly reader: CachedReader<SellableKey, readonly Sellable[]>;

  constructor(
    cache: CoherentCache,
    private readonly database: SqlReader,
    private readonly stores: StoreReader,
    private readonly categories: CategoryTreeReader,
  ) {
    this.reader = cache.reader<SellableKey, readonly Sellable[]>({
      name: 'catalog.sellable',
      key: jsonKey<SellableKey>({
        storeCode: z.string(),
        locale: z.string(),
        productId: z.string(),
      }),
      tags: ({ productId }) => [catalogTags.product(productId)],
      load: async (key) => (await this.loadMany([key]))[0],
      loadMany: (keys) => this.loadMany(keys),
      ttlMs: TTL_MS,
      maxEntries: 50_000,
    });
  }

  /** By variant; variants that are not (or no longer) sold in the store are left out. */
  async list(
    { storeCode, locale }: Omit<SellableKey, 'productId'>,
    productIds: readonly string[],
  ): Promise<ReadonlyMap<string, Sellable>> {
    const ids = [...new Set(productIds)];
    const found = await this.reader.getMany(
      ids.map((productId) => ({ storeCode, locale, productId })),
    );
    const sellables = found.flatMap((each) => each ?? []);
    return new Map(sellables.map((each) => [each.variantId, each]));
  }

  /** The category of each, and all above it, by the category's id. */
  async categoryPaths(
    { storeCode, locale }: Omit<SellableKey, 'productId'>,
    sellables: readonly Pick<Sellable, 'categoryId'>[],
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    const { places } = await this.categories.tree(storeCode, locale);
    const paths = new Map<string, readonly string[]>();
    for (const { categoryId } of sellables) {
      if (categoryId === null) continue;
      paths.set(categoryId, places[categoryId]?.path.map(({ id }) => id) ?? [categoryId]);
    }
    return paths;
  }

  /** Where SKUs lead in a store, by SKU; asked of the database, since most SKUs are asked for once. */
  async resolve(storeId: string, skus: readonly string[]): Promise<Map<string, SkuAddress>> {
    const rows = await this.database.query<
      RowOf<ProductVariantEntity, 'sku' | 'id' | 'product_id'>
    >(sql`
      SELECT sku, id, product_id
      FROM product_variant
      WHERE store_id = ${storeId} AND sku IN ${sql.in([...new Set(skus)])}`);
    return new Map(
      rows.flatMap(({ sku, id, product_id: productId }) =>
        sku === null ? [] : [[sku, { productId, variantId: id }]],
      ),
    );
  }

  /** The keys of one call come from one cart, so they share store and language. */
  private async loadMany(
    keys: readonly SellableKey[],
  ): Promise<(readonly Sellable[] | undefined)[]> {
    const [first] = keys;
    if (first === undefined) return [];
    const store = await this.stores.find(first.storeCode);
    if (store === undefined) return keys.map(() => undefined);
    const byProduct = new Map<string, Sellable[]>();
    const ids = keys.map(({ productId }) => productId);
    for (const chunk of chunksOf(ids, MAX_PARAMETERS - 10)) {
      for (const row of await this.rowsOf(store, first.locale, chunk)) {
        const variants = byProduct.get(row.product_id) ?? [];
        byProduct.set(row.product_id, [...variants, sellableOf(row)]);
      }
    }
    return keys.map(({ productId }) => byProduct.get(productId));
  }

  private rowsOf(
    store: StoreView,
    locale: string,
    productIds: readonly string[],
  ): Promise<SellableRow[]> {
    return this.database.query<SellableRow>(sql`
      SELECT v.product_id, v.id, p.slug, p.category_id, v.sku, v.option1, v.option2, v.option3,
        v.weight_grams, v.image_url, i.url, t.name,
        d.name AS fallback_name
      FROM product p
      JOIN product_variant v ON v.product_id = p.id
      LEFT JOIN product_translation t ON t.product_id = p.id AND t.locale = ${locale}
      LEFT JOIN product_translation d
        ON d.product_id = p.id AND d.locale = ${store.defaultLocale}
      LEFT JOIN product_image i ON i.product_id = p.id AND i.sort_position = 0
      WHERE p.store_id = ${store.id} AND p.status = 'active' AND p.id IN ${sql.in(productIds)}
      ORDER BY v.product_id, v.sort_position`);
  }
}

function sellableOf(row: SellableRow): Sellable {
  return {
    variantId: row.id,
    productId: row.product_id,
    sku: row.sku,
    slug: row.slug,
    name: row.name ?? row.fallback_name ?? row.slug,
    optionValues: [row.option1, row.option2, row.option3].filter((value) => value !== null),
    imageUrl: row.image_url ?? row.url,
    categoryId: row.category_id,
    weightGrams: row.weight_grams,
  };
}
