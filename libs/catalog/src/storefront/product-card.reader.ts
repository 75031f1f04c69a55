import { StoreReader } from '#libs/stores';
import { Injectable } from '@nestjs/common';
import { CoherentCache, type CachedReader } from '#libs/cache';
import type { MaybePromise } from '#libs/kernel';
import { afterValue } from '../model/after-value.js';
import { catalogTags } from '../model/catalog.tags.js';
import { focusText, readFocus } from '../model/key-text.js';
import { ProductViewRepository } from './product-view.repository.js';
import type { ProductCard } from './product.view.js';

export interface CardKey {
  readonly storeCode: string;
  readonly id: string;
  readonly locale: string;
  readonly currency: string;
}

const TTL_MS = 10 * 60_000;

/** What lists show of products, each cached by itself, so that a changed product costs one reload. */
@Injectable()
export class ProductCardReader {
  private readonly reader: CachedReader<CardKey, ProductCard>;

  constructor(
    cache: CoherentCache,
    private readonly products: ProductViewRepository,
    private readonly stores: StoreReader,
  ) {
    this.reader = cache.reader<CardKey, ProductCard>({
      name: 'catalog.product-card',
      key: (key) => focusText(key) + key.id,
      keyOf: readCardKey,
      tags: ({ id }) => [catalogTags.product(id)],
      load: async (key) => (await this.loadMany([key]))[0],
      loadMany: (keys) => this.loadMany(keys),
      ttlMs: TTL_MS,
      maxEntries: 100_000,
    });
  }

  /** Cards in the order of the ids; products that are not visible (any more) are left out. */
  list(focus: Omit<CardKey, 'id'>, ids: readonly string[]): MaybePromise<readonly ProductCard[]> {
    const { storeCode, locale, currency } = focus;
    const keys = ids.map((id) => ({ storeCode, locale, currency, id }));
    return afterValue(this.reader.getMany(keys), (cards) =>
      cards.filter((card): card is ProductCard => card !== undefined),
    );
  }

  /** The keys of one call come from one list, so they share store, language and currency. */
  private async loadMany(keys: readonly CardKey[]): Promise<(ProductCard | undefined)[]> {
    const [first] = keys;
    if (first === undefined) return [];
    const store = await this.stores.find(first.storeCode);
    if (store === undefined) return keys.map(() => undefined);
    const { locale, currency } = first;
    const cards = await this.products.cards(
      { store, locale, currency },
      keys.map(({ id }) => id),
    );
    const byId = new Map(cards.map((card) => [card.id, card]));
    return keys.map(({ id }) => byId.get(id));
  }
}

function readCardKey(text: string): CardKey | undefined {
  const focus = readFocus(text);
  if (focus === undefined) return undefined;
  const { rest: id, ...sight } = focus;
  return { ...sight, id };
}
