import { Injectable } from '@nestjs/common';
import { asJson, CoherentCache, type LoadContext, type RecordMemory } from '#libs/cache';
import { SqlReader } from '#libs/database';
import { loadBasePrices } from '../model/base-prices.js';
import { pricingTags } from '../model/pricing.tags.js';

/** What a variant costs a shopper, in the currency that was asked for. */
export interface ShownPrice {
  readonly amountMinor: number;
  readonly compareAtMinor: number | null;
}

/** By variant; a variant that is not sold in the currency is not there. */
export type ShownPrices = Readonly<Record<string, ShownPrice>>;

type Price = readonly [amountMinor: number, compareAtMinor: number | null];

/** What the variants of a product cost everybody, by store, currency and variant. */
type PriceRecord = Record<string, Record<string, Record<string, Price>>>;

const PREFIX = pricingTags.prices('');

/** What products cost, as a replica may hold it whole. */
@Injectable()
export class PriceRecords {
  readonly memory: RecordMemory<PriceRecord>;
  /** Of the cache, made of these. */
  readonly regions = ['pricing.product-prices'];

  constructor(
    cache: CoherentCache,
    private readonly database: SqlReader,
  ) {
    this.memory = cache.records<PriceRecord>({
      name: 'pricing.product-prices',
      idOf: (tag) => (tag.startsWith(PREFIX) ? tag.slice(PREFIX.length) : undefined),
      read: (productIds) => this.read(productIds),
      ...asJson<PriceRecord>(),
      regions: this.regions,
    });
  }

  /** In the order of the products, from memory or the database; ids and currency must be those of the store. */
  async list(
    storeId: string,
    currency: string,
    productIds: readonly string[],
    contexts: readonly LoadContext[],
  ): Promise<ShownPrices[]> {
    const records = await this.memory.list(productIds, contexts);
    return records.map((record) => pricesIn(record, storeId, currency));
  }

  /** Of one product, of memory alone. */
  held(storeId: string, currency: string, productId: string): ShownPrices | undefined {
    const record = this.memory.value(productId);
    return record === undefined ? undefined : pricesIn(record, storeId, currency);
  }

  private async read(productIds: readonly string[]): Promise<ReadonlyMap<string, PriceRecord>> {
    // Without a price is something to be known as well.
    const records = new Map<string, PriceRecord>(productIds.map((id) => [id, {}]));
    for (const row of await loadBasePrices(this.database, {}, productIds)) {
      const stores = records.get(row.product_id);
      if (stores === undefined) continue;
      const currencies = (stores[row.store_id] ??= {});
      const prices = (currencies[row.currency] ??= {});
      prices[row.variant_id] = [row.amount_minor, row.compare_at_minor];
    }
    return records;
  }
}

function pricesIn(record: PriceRecord | undefined, storeId: string, currency: string): ShownPrices {
  const shown: Record<string, ShownPrice> = {};
  const prices = record?.[storeId]?.[currency];
  for (const id in prices) {
    const [amountMinor, compareAtMinor] = prices[id] as Price;
    shown[id] = { amountMinor, compareAtMinor };
  }
  return shown;
}
