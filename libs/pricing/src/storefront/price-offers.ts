import { Injectable } from '@nestjs/common';
import { listsInForce, offeredPrice, type OfferedPrice } from '../model/offered-price.js';
import { PriceListReader } from './price-list.reader.js';
import { PriceReader } from './price.reader.js';

/** Who asks for prices, and when. */
export interface PriceRequest {
  readonly storeId: string;
  readonly currency: string;
  /** By the clock of the database, in epoch milliseconds. */
  readonly at: number;
  /** The groups of who asks; asked for only where a list may hold. */
  readonly groupsOf: () => Promise<readonly string[]>;
}

/** What variants cost somebody: base prices and the lists that follow from them, both from the cache. */
@Injectable()
export class PriceOffers {
  constructor(
    private readonly prices: PriceReader,
    private readonly lists: PriceListReader,
  ) {}

  /** By variant; a variant that is not sold in the currency is not there. */
  async list(
    { storeId, currency, at, groupsOf }: PriceRequest,
    productIds: readonly string[],
  ): Promise<ReadonlyMap<string, OfferedPrice>> {
    const base = await this.prices.list({ storeId, currency }, productIds);
    const lists = listsInForce(await this.lists.list(storeId), { currency, at });
    const focus = { currency, at, groups: lists.length === 0 ? [] : await groupsOf() };
    return new Map(
      base.flatMap((shown) =>
        Object.entries(shown).map(
          ([variantId, { amountMinor }]) =>
            [variantId, offeredPrice(amountMinor, lists, focus)] as const,
        ),
      ),
    );
  }
}
