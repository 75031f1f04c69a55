import { Injectable } from '@nestjs/common';
import { CoherentCache, type LoadContext, type RecordMemory } from '#libs/cache';
import { catalogTags } from '../../model/catalog.tags.js';
import { AvailabilityRecords } from '#libs/inventory';
import { PriceRecords } from '#libs/pricing';
import { ProductViewRepository, type CardFocus } from '../product-view.repository.js';
import type { CardTexts, ProductTextSource } from '../product.view.js';
import { decodeHead, decodeProduct, encodeProduct, type ProductHead } from './product-record.js';

const PREFIX = catalogTags.product('');
const PAGE_SIZE = 500;

/**
 * The products that shoppers may see, of every store, as a replica may hold them whole: everything that is shown of them
 * but the offer, which is wanted along with them.
 */
@Injectable()
export class ProductRecords {
  readonly memory: RecordMemory<ProductTextSource>;

  constructor(
    cache: CoherentCache,
    private readonly products: ProductViewRepository,
    private readonly prices: PriceRecords,
    private readonly availability: AvailabilityRecords,
  ) {
    this.memory = cache.records<ProductTextSource>({
      name: 'catalog.product',
      idsAfter: (id) => products.visibleIds(id, PAGE_SIZE),
      idOf: (tag) => (tag.startsWith(PREFIX) ? tag.slice(PREFIX.length) : undefined),
      read: (ids) => products.visible(ids),
      encode: encodeProduct,
      decode: decodeProduct,
      // Offers are wanted only when a product is held, so whatever is voided of them is read again from here.
      regions: [
        'catalog.product',
        'catalog.product-card',
        ...prices.regions,
        ...availability.regions,
      ],
      aliasOf: (bytes) => slugOf(decodeHead(bytes)),
      // Of a product that is published, moved or made this is all there is to hear.
      isReadWhenNamed: true,
      onHeld: (ids) => {
        void prices.memory.want(ids);
        void availability.memory.want(ids);
      },
      onMissing: (ids) => {
        prices.memory.forget(ids);
        availability.memory.forget(ids);
      },
    });
  }

  /** Begins to hold them; keeps nobody waiting. */
  start(): void {
    for (const { memory } of [this.prices, this.availability, this]) memory.start();
  }

  stop(): void {
    for (const { memory } of [this.prices, this.availability, this]) memory.stop();
  }

  /**
   * The product that a slug, or the handle it was imported under, leads to, from memory or the database; undefined for
   * products that shoppers may not see. The context of the load is told of its tag.
   */
  async findBySlug(
    storeId: string,
    slug: string,
    context: LoadContext,
  ): Promise<ProductTextSource | undefined> {
    const held = this.memory.idOf(slugOf({ storeId, slug }));
    const product = held === undefined ? undefined : this.memory.find(held, decodeProduct, context);
    if (product !== undefined) {
      context.tag(catalogTags.product(product.id));
      return product;
    }
    const target = await this.products.findBySlug(storeId, slug);
    if (target === undefined) return undefined;
    // Named for a hidden product too: publishing it does not change where the slug leads.
    context.tag(catalogTags.product(target.id));
    return target.isVisible ? this.products.source(target) : undefined;
  }

  /** What the card of a product of the store says, of memory alone. */
  heldCard(focus: CardFocus, id: string): CardTexts | undefined {
    const head = this.memory.find(id, decodeHead);
    return head === undefined ? undefined : cardOf(head, focus);
  }

  /** What cards say of products of the store, in the order of the ids, from memory or the database. */
  async cards(
    focus: CardFocus,
    ids: readonly string[],
    contexts: readonly LoadContext[],
  ): Promise<(CardTexts | undefined)[]> {
    const known = new Map<string, CardTexts | undefined>();
    ids.forEach((id, index) => {
      const head = this.memory.find(id, decodeHead, contexts[index]);
      if (head !== undefined) known.set(id, cardOf(head, focus));
    });
    const others = ids.filter((id) => !known.has(id));
    if (others.length > 0) {
      for (const card of await this.products.cards(focus, others)) known.set(card.id, card);
    }
    return ids.map((id) => known.get(id));
  }
}

/** In the order of the fields that the database's cards have: answers of all replicas are the same to the byte. */
function cardOf(head: ProductHead, { store, locale }: CardFocus): CardTexts | undefined {
  const { id, storeId, slug, names, brand, image } = head;
  if (storeId !== store.id) return undefined;
  const name = names[locale] ?? names[store.defaultLocale] ?? slug;
  return { id, storeId, slug, name, brand, image };
}

function slugOf({ storeId, slug }: Pick<ProductTextSource, 'storeId' | 'slug'>): string {
  return `${storeId}/${slug}`;
}
