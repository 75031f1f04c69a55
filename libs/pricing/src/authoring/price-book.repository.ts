import { Injectable } from '@nestjs/common';
import {
  chunksOf,
  deleteRows,
  insertRows,
  MAX_PARAMETERS,
  sql,
  type Row,
  type SqlQueries,
  type Transaction,
} from '#libs/database';
import { FIRST_PIECE, loadBasePrices } from '../model/base-prices.js';
import { PriceBook, type PriceChange, type ProductPrices } from '../model/price-book.js';
import type { StoredPrice } from '../model/price.js';
import { pricingTags } from '../model/pricing.tags.js';
import { PriceListRepository } from './price-list.repository.js';

/** What is written in one list. */
interface ListWrite {
  readonly replaced: string[];
  readonly rows: Row[];
}

/** The price book in SQL: base prices, written in sets. */
@Injectable()
export class PriceBookRepository extends PriceBook {
  constructor(private readonly lists: PriceListRepository) {
    super();
  }

  override async load(
    queries: SqlQueries,
    storeId: string,
    productIds: readonly string[],
  ): Promise<ProductPrices> {
    const byVariant = new Map<string, StoredPrice[]>();
    for (const row of await loadBasePrices(queries, { storeId }, productIds)) {
      const price = {
        currency: row.currency,
        amountMinor: row.amount_minor,
        compareAtMinor: row.compare_at_minor,
        version: row.version,
      };
      const known = byVariant.get(row.variant_id);
      if (known === undefined) byVariant.set(row.variant_id, [price]);
      else known.push(price);
    }
    return byVariant;
  }

  override async replace(
    tx: Transaction,
    storeId: string,
    changes: readonly PriceChange[],
  ): Promise<void> {
    const different = changes.filter(isDifferent);
    if (different.length === 0) return;
    const lists = await this.lists.baseLists(tx, storeId);
    const gone: string[] = [];
    const writes = new Map<string, ListWrite>();
    for (const change of different) {
      if (!change.isNew) tx.invalidate(pricingTags.prices(change.productId));
      for (const variantId of change.before.keys()) {
        if (!change.after.has(variantId)) gone.push(variantId);
      }
      for (const [variantId, prices] of change.after) {
        await this.collect(tx, { storeId, lists, writes }, change, variantId, prices);
      }
    }
    await deleteRows(tx, 'price', 'variant_id', gone);
    for (const [listId, { replaced, rows }] of writes) {
      await deleteFirstPieces(tx, listId, replaced);
      await insertRows(tx, 'price', rows);
    }
  }

  private async collect(
    tx: Transaction,
    into: {
      readonly storeId: string;
      readonly lists: Map<string, string>;
      readonly writes: Map<string, ListWrite>;
    },
    { productId, before }: PriceChange,
    variantId: string,
    prices: readonly StoredPrice[],
  ): Promise<void> {
    const stored = new Map((before.get(variantId) ?? []).map((each) => [each.currency, each]));
    const writeTo = async (currency: string): Promise<{ listId: string; write: ListWrite }> => {
      const listId = await this.lists.ensureBase(tx, into.storeId, currency, into.lists);
      const write = into.writes.get(listId) ?? { replaced: [], rows: [] };
      into.writes.set(listId, write);
      return { listId, write };
    };
    for (const price of prices) {
      const known = stored.get(price.currency);
      stored.delete(price.currency);
      if (known?.version === price.version) continue;
      const { listId, write } = await writeTo(price.currency);
      if (known !== undefined) write.replaced.push(variantId);
      write.rows.push(priceRow(listId, productId, variantId, price));
    }
    for (const currency of stored.keys()) (await writeTo(currency)).write.replaced.push(variantId);
  }
}

function priceRow(
  listId: string,
  productId: string,
  variantId: string,
  { amountMinor, compareAtMinor, version }: StoredPrice,
): Row {
  return {
    list_id: listId,
    variant_id: variantId,
    min_quantity: FIRST_PIECE,
    product_id: productId,
    amount_minor: amountMinor,
    compare_at_minor: compareAtMinor,
    version,
  };
}

async function deleteFirstPieces(
  tx: Transaction,
  listId: string,
  variantIds: readonly string[],
): Promise<void> {
  for (const ids of chunksOf(variantIds, MAX_PARAMETERS - 2)) {
    await tx.execute(
      sql`DELETE FROM price
          WHERE list_id = ${listId} AND min_quantity = ${FIRST_PIECE} AND variant_id IN ${sql.in(ids)}`,
    );
  }
}

function isDifferent({ before, after }: PriceChange): boolean {
  if (before.size !== after.size) return true;
  return [...after].some(([id, prices]) => {
    const known = new Map(before.get(id)?.map(({ currency, version }) => [currency, version]));
    const isSame = prices.every(({ currency, version }) => known.get(currency) === version);
    return known.size !== prices.length || !isSame;
  });
}
