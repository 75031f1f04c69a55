import { Injectable } from '@nestjs/common';
import { CoherentCache, textKey, type CachedReader } from '#libs/cache';
import { sql, SqlReader } from '#libs/database';
import { promotionColumns, promotionOfRow, type PromotionRow } from '../model/promotion-rows.js';
import type { ActivePromotion } from '../model/promotion.js';
import { preparePromotions, type PreparedPromotion } from '../model/prepared-promotions.js';
import { promotionsTags } from '../model/promotions.tags.js';

const TTL_MS = 10 * 60_000;
const NONE: readonly ActivePromotion[] = [];

/**
 * What a store takes off, from the cache: one document, also with what is valid later or no longer. The
 * one who asks brings the instant, by the clock of the database, so a promotion begins and ends on
 * every replica at once, without anything being voided.
 */
@Injectable()
export class PromotionReader {
  private readonly reader: CachedReader<string, readonly ActivePromotion[]>;
  /** Goes with the cached value that it was worked out from. */
  private readonly prepared = new WeakMap<
    readonly ActivePromotion[],
    readonly PreparedPromotion[]
  >();

  constructor(
    cache: CoherentCache,
    private readonly database: SqlReader,
  ) {
    this.reader = cache.reader<string, readonly ActivePromotion[]>({
      name: 'promotions.active',
      key: textKey,
      tags: (storeId) => [promotionsTags.promotions(storeId)],
      load: (storeId) => this.load(storeId),
      ttlMs: TTL_MS,
      maxEntries: 1_000,
    });
  }

  /** Every promotion that is not paused, in the order in which they apply. */
  async list(storeId: string): Promise<readonly PreparedPromotion[]> {
    const active = (await this.reader.get(storeId)) ?? NONE;
    const known = this.prepared.get(active);
    if (known !== undefined) return known;
    const prepared = preparePromotions(active);
    this.prepared.set(active, prepared);
    return prepared;
  }

  private async load(storeId: string): Promise<readonly ActivePromotion[]> {
    const rows = await this.database.query<PromotionRow>(sql`
      SELECT ${promotionColumns}
      FROM promotion
      WHERE store_id = ${storeId} AND state = 'active'
      ORDER BY id`);
    return rows.map((row) => {
      const { storeId: _, state, createdAt, updatedAt, ...active } = promotionOfRow(row);
      return active;
    });
  }
}
