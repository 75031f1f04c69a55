import { Injectable } from '@nestjs/common';
import {
  PublishedProductViewRepository,
  type ProductRange,
  type PublishedProduct,
} from '#libs/catalog';
import { SqlReader } from '#libs/database';
import { BestAvailabilityViewRepository } from '#libs/inventory';
import { OfferedPriceViewRepository } from '#libs/pricing';
import { StoreLookup } from '#libs/stores';
import type { IndexedProduct } from '../../model/index/indexed-product.js';
import { searchedTexts } from '../../model/index/searched-texts.js';
import type { IndexSource, SourceStore } from './index-source.js';

type Offer = Pick<IndexedProduct, 'prices' | 'availability'>;

const STORES_PER_PAGE = 100;
const NO_OFFER: Offer = { prices: {}, availability: 'out-of-stock' };

/** Reads what the catalog, pricing and inventory have committed. */
@Injectable()
export class CatalogIndexSource implements IndexSource {
  constructor(
    private readonly database: SqlReader,
    private readonly stores: StoreLookup,
    private readonly products: PublishedProductViewRepository,
    private readonly prices: OfferedPriceViewRepository,
    private readonly availability: BestAvailabilityViewRepository,
  ) {}

  /** The file that all of it is read from, for a thread that reads by itself; undefined when there is none. */
  get file(): string | undefined {
    return this.database.file;
  }

  /** The codes of all stores. */
  async storeCodes(): Promise<string[]> {
    const codes: string[] = [];
    for (;;) {
      const page = await this.stores.list(this.database, codes.at(-1) ?? '', STORES_PER_PAGE);
      codes.push(...page.map(({ code }) => code));
      if (page.length < STORES_PER_PAGE) return codes;
    }
  }

  findStore(code: string): Promise<SourceStore | undefined> {
    return this.stores.findByCode(this.database, code);
  }

  page(store: SourceStore, afterId: string, limit: number): Promise<IndexedProduct[]> {
    return this.pageOf(store, { afterId }, limit);
  }

  /** All products of a store in so many ranges of about as many each; undefined when they are few. */
  ranges(store: SourceStore, count: number, few: number): Promise<ProductRange[] | undefined> {
    return this.products.ranges(store.id, count, few);
  }

  /** As {@link page}, of a range. */
  async pageOf(store: SourceStore, range: ProductRange, limit: number): Promise<IndexedProduct[]> {
    const products = await this.products.page(store.id, range, limit);
    const ids = products.map(({ id }) => id);
    return composed(store, products, await this.offersOf(store, ids));
  }

  /** Offers are asked for together with the products, also of ids that are none: a search waits for what has changed. */
  async some(store: SourceStore, ids: readonly string[]): Promise<IndexedProduct[]> {
    const [products, offers] = await Promise.all([
      this.products.some(store.id, ids),
      this.offersOf(store, ids),
    ]);
    return composed(store, products, offers);
  }

  private async offersOf(
    store: SourceStore,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Offer>> {
    const [prices, availability] = await Promise.all([
      this.prices.list(store.id, ids),
      this.availability.list(ids),
    ]);
    return new Map(
      ids.map((id, index) => [
        id,
        { prices: prices[index] ?? {}, availability: availability[index] ?? 'out-of-stock' },
      ]),
    );
  }
}

function composed(
  store: SourceStore,
  products: readonly PublishedProduct[],
  offers: ReadonlyMap<string, Offer>,
): IndexedProduct[] {
  return products.map((product) => {
    const { prices, availability } = offers.get(product.id) ?? NO_OFFER;
    return {
      id: product.id,
      names: namesOf(store, product),
      texts: searchedTexts(product),
      brand: product.brand,
      categoryId: product.categoryId,
      attributes: product.attributes,
      prices,
      availability,
      createdAt: product.createdAt,
      publishedAt: product.publishedAt,
      popularity: product.popularity,
    };
  });
}

/** As cards show them. */
function namesOf(
  { locales, defaultLocale }: SourceStore,
  { slug, texts }: PublishedProduct,
): Record<string, string> {
  return Object.fromEntries(
    locales.map((locale) => [locale, (texts[locale] ?? texts[defaultLocale])?.name ?? slug]),
  );
}
