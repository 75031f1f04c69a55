import { REFRESH_WINDOW_MS, StoreReader } from '#libs/stores';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CoherentCache, jsonKey, type CachedReader } from '#libs/cache';
import { catalogErrors } from '../model/catalog.errors.js';
import { catalogTags } from '../model/catalog.tags.js';
import { CategoryTreeViewRepository } from './category-tree-view.repository.js';
import {
  buildCategoryTree,
  placeBySlug,
  type CategoryPlace,
  type CategoryTree,
} from './category-tree.js';

interface TreeKey {
  readonly storeCode: string;
  readonly locale: string;
}

const TTL_MS = 10 * 60_000;
const EMPTY: CategoryTree = buildCategoryTree([]);

/** The category tree of a store in one language: one cached document. */
@Injectable()
export class CategoryTreeReader {
  private readonly reader: CachedReader<TreeKey, CategoryTree>;

  constructor(
    cache: CoherentCache,
    private readonly trees: CategoryTreeViewRepository,
    private readonly stores: StoreReader,
  ) {
    this.reader = cache.reader<TreeKey, CategoryTree>({
      name: 'catalog.category-tree',
      key: jsonKey<TreeKey>({ storeCode: z.string(), locale: z.string() }),
      tags: ({ storeCode }) => [catalogTags.categories(storeCode)],
      load: (key) => this.load(key),
      ttlMs: TTL_MS,
      refreshWindowMs: REFRESH_WINDOW_MS,
      maxEntries: 1_000,
    });
  }

  async tree(storeCode: string, locale: string): Promise<CategoryTree> {
    return (await this.reader.get({ storeCode, locale })) ?? EMPTY;
  }

  /** Throws `catalog.category-not-found`. */
  async place(storeCode: string, locale: string, slug: string): Promise<CategoryPlace> {
    const place = placeBySlug(await this.tree(storeCode, locale), slug);
    if (place === undefined) throw catalogErrors.categoryNotFound({ details: { slug } });
    return place;
  }

  private async load({ storeCode, locale }: TreeKey): Promise<CategoryTree | undefined> {
    const store = await this.stores.find(storeCode);
    if (store === undefined) return undefined;
    return this.trees.tree(store, locale);
  }
}
