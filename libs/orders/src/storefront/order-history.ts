import { Injectable } from '@nestjs/common';
import { CoherentCache, textKey, type CachedReader } from '#libs/cache';
import { PrimaryReader, type RowOf, sql } from '#libs/database';
import { HISTORY_LENGTH, historyStamp, type OrderGlance } from '../model/history/order-glance.js';
import { glanceOf, OrderHistoryCopy } from '../model/history/order-history.copy.js';
import { OrderHistoryRenewal } from '../model/history/order-history.renewal.js';
import { OrderLookup, type OrderPosition } from '../model/order-lookup.js';
import type { OrderEntity } from '../model/order.entity.js';
import { ordersTags } from '../model/orders.tags.js';

/**
 * A customer's orders, newest first. The latest are answered from the copy in Redis when it shows the state
 * that this replica knows of, coherently, by its name alone; everything else from the database, which also
 * answers while the copy is made anew behind the request.
 *
 * So an answer is as fresh as any cached value, whatever stands in Redis: a request that sends the position of a
 * write sees it. No order is held by a replica.
 */
@Injectable()
export class OrderHistory {
  private readonly stamps: CachedReader<string, string>;

  constructor(
    cache: CoherentCache,
    private readonly database: PrimaryReader,
    private readonly orders: OrderLookup,
    private readonly copy: OrderHistoryCopy,
    private readonly renewal: OrderHistoryRenewal,
  ) {
    this.stamps = cache.reader<string, string>({
      name: 'orders.history-stamp',
      key: textKey,
      tags: (customerId) => [ordersTags.history(customerId)],
      load: (customerId) => this.loadStamp(customerId),
      ttlMs: 5 * 60_000,
      maxEntries: 20_000,
      maxStaleMs: 0,
      isConfidential: true,
    });
  }

  /** At most `limit` behind `after`. */
  async list(
    customerId: string,
    after: OrderPosition | undefined,
    limit: number,
  ): Promise<readonly OrderGlance[]> {
    const stamp = (await this.stamps.get(customerId)) ?? '';
    const copied = await this.copy.find(customerId, stamp);
    if (copied === 'absent') void this.renewal.tryRenew(customerId);
    const page = Array.isArray(copied) ? pageOf(copied, after, limit) : undefined;
    return page ?? this.orders.listOfCustomer(this.database, customerId, after, limit);
  }

  /** A bounded number of rows, whatever a customer has ordered. */
  private async loadStamp(customerId: string): Promise<string> {
    const latest = await this.database.query<RowOf<OrderEntity, 'id' | 'version'>>(sql`
      SELECT id, version
      FROM sales_order
      WHERE customer_id = ${customerId}
      ORDER BY placed_at DESC, id DESC
      ${sql.limit(HISTORY_LENGTH)}`);
    return historyStamp(latest);
  }
}

/** undefined: the page goes on behind what is copied. */
function pageOf(
  texts: readonly string[],
  after: OrderPosition | undefined,
  limit: number,
): readonly OrderGlance[] | undefined {
  let start = 0;
  if (after !== undefined) {
    const isBehind = ({ placedAt, id }: OrderGlance) =>
      placedAt < after.createdAt || (placedAt === after.createdAt && id < after.id);
    start = texts.findIndex((text) => isBehind(glanceOf(text)));
    if (start === -1) start = texts.length;
  }
  const isWhole = texts.length < HISTORY_LENGTH;
  if (!isWhole && start + limit > texts.length) return undefined;
  return texts.slice(start, start + limit).map(glanceOf);
}
