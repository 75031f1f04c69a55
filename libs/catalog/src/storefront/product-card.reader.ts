import { StoreReader } from '#libs/stores';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CoherentCache, jsonKey, type CachedReader, type LoadContext } from '#libs/cache';
import { AvailabilityReader } from '#libs/inventory';
import { PriceReader } from '#libs/pricing';
import { catalogTags } from '../model/catalog.tags.js';
import { ProductRecords } from './records/product-records.js';
import { productCard, type CardTexts, type ProductCard } from './product.view.js';

interface CardKey {
  readonly storeCode: string;
  readonly id: string;
  readonly locale: string;
}

/** In which store, language and currency cards are looked at. */
export interface CardSight extends Omit<CardKey, 'id'> {
  readonly currency: string;
}

const TTL_MS = 10 * 60_000;

/**
 * What lists show of products, composed of what the catalog, pricing and inventory hold in the cache;
 * each product is held by itself, so that a changed one costs one reload.
 */
@Injectable()
export class ProductCardReader {
  private readonly texts: CachedReader<CardKey, CardTexts>;

  constructor(
    cache: CoherentCache,
    private readonly records: ProductRecords,
    private readonly stores: StoreReader,
    private readonly prices: PriceReader,
    private readonly availability: AvailabilityReader,
  ) {
    this.texts = cache.reader<CardKey, CardTexts>({
      name: 'catalog.product-card',
      key: jsonKey<CardKey>({ storeCode: z.string(), locale: z.string(), id: z.string() }),
      tags: ({ id }) => [catalogTags.product(id)],
      fromRecords: (key) => this.fromRecords(key),
      load: async (key, context) => (await this.loadMany([key], [context]))[0],
      loadMany: (keys, contexts) => this.loadMany(keys, contexts),
      ttlMs: TTL_MS,
      maxEntries: 100_000,
    });
  }

  /** Cards in the order of the ids; products that are not visible (any more) are left out. */
  async list(sight: CardSight, ids: readonly string[]): Promise<readonly ProductCard[]> {
    const { storeCode, locale, currency } = sight;
    const found = await this.texts.getMany(ids.map((id) => ({ storeCode, locale, id })));
    const texts = found.filter((each) => each !== undefined);
    const [first] = texts;
    if (first === undefined) return [];
    const visible = texts.map(({ id }) => id);
    const prices = await this.prices.list({ storeId: first.storeId, currency }, visible);
    const availability = await this.availability.list(visible);
    return texts.map((each, index) =>
      productCard(each, {
        currency,
        prices: prices[index] ?? {},
        availability: availability[index] ?? {},
      }),
    );
  }

  private fromRecords({ storeCode, locale, id }: CardKey): CardTexts | undefined {
    const store = this.stores.peek(storeCode);
    return store === undefined ? undefined : this.records.heldCard({ store, locale }, id);
  }

  /** The keys of one call come from one list, so they share store and language. */
  private async loadMany(
    keys: readonly CardKey[],
    contexts: readonly LoadContext[],
  ): Promise<(CardTexts | undefined)[]> {
    const [first] = keys;
    if (first === undefined) return [];
    const store = await this.stores.find(first.storeCode);
    if (store === undefined) return keys.map(() => undefined);
    const ids = keys.map(({ id }) => id);
    return this.records.cards({ store, locale: first.locale }, ids, contexts);
  }
}
