import { StoreReader } from '#libs/stores';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CoherentCache, jsonKey, type CachedReader } from '#libs/cache';
import { catalogTags } from '../model/catalog.tags.js';
import { ProductCardReader } from './product-card.reader.js';
import { ProductReader, type ProductKey } from './product.reader.js';
import type { ProductCard } from './product.view.js';
import { RelatedProductViewRepository } from './related-product-view.repository.js';

interface RelatedKey {
  readonly storeCode: string;
  readonly productId: string;
}

const TTL_MS = 10 * 60_000;

/** What goes with a product, from the cache: the choice under its own tag, the cards under theirs. */
@Injectable()
export class RelatedProductReader {
  private readonly reader: CachedReader<RelatedKey, readonly string[]>;

  constructor(
    cache: CoherentCache,
    private readonly repository: RelatedProductViewRepository,
    private readonly stores: StoreReader,
    private readonly products: ProductReader,
    private readonly cards: ProductCardReader,
  ) {
    this.reader = cache.reader<RelatedKey, readonly string[]>({
      name: 'catalog.related-products',
      key: jsonKey<RelatedKey>({ storeCode: z.string(), productId: z.string() }),
      tags: ({ productId }) => [catalogTags.relatedProducts(productId)],
      load: (key) => this.load(key),
      ttlMs: TTL_MS,
      maxEntries: 50_000,
    });
  }

  /** Best first. Throws `catalog.product-not-found`. */
  async list(key: ProductKey): Promise<readonly ProductCard[]> {
    const { storeCode } = key;
    const productId = await this.products.idOf(key);
    const ids = (await this.reader.get({ storeCode, productId })) ?? [];
    return this.cards.list(key, ids);
  }

  private async load({ storeCode, productId }: RelatedKey): Promise<readonly string[]> {
    const store = await this.stores.find(storeCode);
    return store === undefined ? [] : this.repository.idsFor(store.id, productId);
  }
}
