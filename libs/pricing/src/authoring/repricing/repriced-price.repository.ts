import { Injectable } from '@nestjs/common';
import { insertRows, type RowOf, sql, type SqlQueries, type Transaction } from '#libs/database';
import type { WrittenPrice } from '../../model/price-verdicts.js';
import type { RepricedPriceEntity } from '../../model/repriced-price.entity.js';
import type { PriceVerdict, RepricingOutcome } from '../../model/repricing.js';
import type { SelectionSurvey } from '../../model/selected-products.js';

type PriceRow = RowOf<RepricedPriceEntity>;

/** A price that a repricing has written, or left alone for a reason, as staff see it. */
export interface RepricedPrice {
  readonly productId: string;
  readonly variantId: string;
  readonly outcome: RepricingOutcome;
  readonly before: RepricedAmounts | undefined;
  readonly after: RepricedAmounts | undefined;
}

interface RepricedAmounts {
  readonly amountMinor: number;
  readonly compareAtMinor: number | null;
}

/** Behind which price a list goes on. */
export interface RepricedPlace {
  readonly productId: string;
  readonly variantId: string;
}

export interface CountedProduct {
  readonly productId: string;
  readonly prices: number;
}

/**
 * Removed at a time, with what else there is of the last product: few enough that writers do not wait
 * noticeably.
 */
const PRUNED_ROWS = 500;

/** What repricings did, price by price. */
@Injectable()
export class RepricedPriceRepository {
  /** Verdicts without an outcome are not kept. */
  async insert(
    tx: Transaction,
    repricingId: string,
    verdicts: readonly PriceVerdict[],
  ): Promise<void> {
    const rows = verdicts.flatMap(({ outcome, productId, variantId, before, after }) => {
      if (outcome === undefined) return [];
      const version = before?.version ?? 0;
      return [
        {
          repricing_id: repricingId,
          product_id: productId,
          variant_id: variantId,
          outcome,
          before_minor: before?.amountMinor ?? null,
          before_compare_at_minor: before?.compareAtMinor ?? null,
          after_minor: after?.amountMinor ?? null,
          after_compare_at_minor: after?.compareAtMinor ?? null,
          version: after === undefined ? version : version + 1,
        },
      ];
    });
    await insertRows(tx, 'repriced_price', rows);
  }

  /** How many products and which last one have a price that the repricing changed. */
  async survey(queries: SqlQueries, repricingId: string): Promise<SelectionSurvey> {
    const rows = await queries.query<{ products: number; last_id: string | null }>(
      sql`SELECT COUNT(DISTINCT product_id) AS products, MAX(product_id) AS last_id
          FROM repriced_price
          WHERE repricing_id = ${repricingId} AND outcome = 'changed'`,
    );
    return { products: rows[0]?.products ?? 0, lastProductId: rows[0]?.last_id ?? undefined };
  }

  /** The next products whose prices the repricing changed. */
  async countChanged(
    queries: SqlQueries,
    repricingId: string,
    afterProductId: string,
    limit: number,
  ): Promise<CountedProduct[]> {
    const rows = await queries.query<Pick<PriceRow, 'product_id'> & { prices: number }>(
      sql`SELECT product_id, COUNT(*) AS prices
          FROM repriced_price
          WHERE repricing_id = ${repricingId} AND outcome = 'changed'
            AND product_id > ${afterProductId}
          GROUP BY product_id
          ORDER BY product_id
          ${sql.limit(limit)}`,
    );
    return rows.map(({ product_id: productId, prices }) => ({ productId, prices }));
  }

  /** What the repricing wrote for products behind one and up to another. */
  async listChanged(
    queries: SqlQueries,
    { repricingId, currency }: { readonly repricingId: string; readonly currency: string },
    { after, upTo }: { readonly after: string; readonly upTo: string },
  ): Promise<WrittenPrice[]> {
    const rows = await queries.query<PriceRow>(
      sql`SELECT repricing_id, product_id, variant_id, outcome, before_minor,
            before_compare_at_minor, after_minor, after_compare_at_minor, version
          FROM repriced_price
          WHERE repricing_id = ${repricingId} AND outcome = 'changed'
            AND product_id > ${after} AND product_id <= ${upTo}
          ORDER BY product_id, variant_id`,
    );
    return rows.map((row) => ({
      productId: row.product_id,
      variantId: row.variant_id,
      price: {
        currency,
        amountMinor: row.after_minor ?? 0,
        compareAtMinor: row.after_compare_at_minor,
        version: row.version,
      },
      before: {
        currency,
        amountMinor: row.before_minor ?? 0,
        compareAtMinor: row.before_compare_at_minor,
        version: row.version - 1,
      },
    }));
  }

  /** In the order of products and variants, of one outcome or of all. */
  async list(
    queries: SqlQueries,
    repricingId: string,
    outcome: RepricingOutcome | undefined,
    behind: RepricedPlace | undefined,
    limit: number,
  ): Promise<RepricedPrice[]> {
    const ofOutcome = outcome === undefined ? sql.empty : sql` AND outcome = ${outcome}`;
    const isBehind =
      behind === undefined
        ? sql.empty
        : sql` AND product_id >= ${behind.productId}
            AND (product_id > ${behind.productId} OR variant_id > ${behind.variantId})`;
    const rows = await queries.query<PriceRow>(
      sql`SELECT repricing_id, product_id, variant_id, outcome, before_minor,
            before_compare_at_minor, after_minor, after_compare_at_minor, version
          FROM repriced_price
          WHERE repricing_id = ${repricingId}${ofOutcome}${isBehind}
          ORDER BY product_id, variant_id
          ${sql.limit(limit)}`,
    );
    return rows.map((row) => ({
      productId: row.product_id,
      variantId: row.variant_id,
      // Written by `insert`, which takes nothing else.
      outcome: row.outcome as RepricingOutcome,
      before: amountsOf(row.before_minor, row.before_compare_at_minor),
      after: amountsOf(row.after_minor, row.after_compare_at_minor),
    }));
  }

  /** Removes what is kept of the first products of a repricing; 0 when nothing is left. */
  async removeSome(tx: Transaction, repricingId: string): Promise<number> {
    // A range of the key: each batch looks only at the rows that it removes.
    return tx.execute(
      sql`DELETE FROM repriced_price
          WHERE repricing_id = ${repricingId} AND product_id <= (
            SELECT MAX(product_id)
            FROM (
              SELECT product_id, variant_id
              FROM repriced_price
              WHERE repricing_id = ${repricingId}
              ORDER BY product_id, variant_id
              ${sql.limit(PRUNED_ROWS)}
            ) first_rows
          )`,
    );
  }
}

function amountsOf(
  amountMinor: number | null,
  compareAtMinor: number | null,
): RepricedAmounts | undefined {
  return amountMinor === null ? undefined : { amountMinor, compareAtMinor };
}
