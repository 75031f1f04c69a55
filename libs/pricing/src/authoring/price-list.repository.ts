import { Injectable } from '@nestjs/common';
import { sql, type Transaction } from '#libs/database';
import { newId, systemClock } from '#libs/kernel';
import { BASE_PRIORITY } from '../model/base-prices.js';
import { PriceListEntity } from '../model/price-list.entity.js';

/** Base lists: each store has one in each currency that it has prices in. */
@Injectable()
export class PriceListRepository {
  /** The ids of the base lists of a store, by currency. */
  async baseLists(tx: Transaction, storeId: string): Promise<Map<string, string>> {
    const lists = await tx.manager.find(PriceListEntity, {
      select: { id: true, currency: true },
      where: { storeId, priority: BASE_PRIORITY },
    });
    return new Map(lists.map(({ id, currency }) => [currency, id]));
  }

  /** The id of a base list; makes the list when it is not in `known`, and adds it there. */
  async ensureBase(
    tx: Transaction,
    storeId: string,
    currency: string,
    known: Map<string, string>,
  ): Promise<string> {
    const there = known.get(currency) ?? (await this.makeBase(tx, storeId, currency));
    known.set(currency, there);
    return there;
  }

  /** Takes a store's lists away, which no price is in any more, and what is kept of their bulk changes. */
  async removeAll(tx: Transaction, storeId: string): Promise<void> {
    await tx.execute(
      sql`DELETE FROM repriced_price
          WHERE repricing_id IN (SELECT id FROM repricing WHERE store_id = ${storeId})`,
    );
    await tx.execute(sql`DELETE FROM repricing WHERE store_id = ${storeId}`);
    await tx.execute(
      sql`DELETE FROM price
          WHERE list_id IN (SELECT id FROM price_list WHERE store_id = ${storeId})`,
    );
    await tx.manager.delete(PriceListEntity, { storeId });
  }

  private async makeBase(tx: Transaction, storeId: string, currency: string): Promise<string> {
    // Two units of work may want to be the first to price in the currency.
    await tx.lock(`price-lists:${storeId}`);
    const there = (await this.baseLists(tx, storeId)).get(currency);
    if (there !== undefined) return there;
    const id = newId();
    const now = systemClock.wallMs();
    await tx.manager.insert(PriceListEntity, {
      id,
      storeId,
      code: `base-${currency.toLowerCase()}`,
      currency,
      priority: BASE_PRIORITY,
      validFrom: null,
      validUntil: null,
      customerGroup: null,
      name: null,
      ruleJson: null,
      version: 1,
      createdAt: now,
      updatedAt: now,
    });
    return id;
  }
}
