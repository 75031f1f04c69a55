import { Injectable } from '@nestjs/common';
import {
  heldRows,
  type RowOf,
  sql,
  type SqlQueries,
  type SqlStatement,
  type Transaction,
} from '#libs/database';
import { unfinishedJob } from '#libs/jobs';
import { type StoreCodes, StoreLookup } from '#libs/stores';
import { pricingErrors } from '../../model/pricing.errors.js';
import type { RepricingEntity } from '../../model/repricing.entity.js';
import type { Repricing, RepricingProgress, RepricingWork } from '../../model/repricing.js';

type RepricingRow = RowOf<RepricingEntity> & Pick<StoreCodes, 'store_code'>;

export interface RepricingPlace {
  readonly createdAt: number;
  readonly id: string;
}

const COLUMNS = sql`r.id, r.store_id, s.store_code, r.currency, r.work_json, r.undone_by_id,
  r.job_id, r.created_by, r.created_at, r.product_count, r.last_product_id, r.after_product_id,
  r.done_count, r.changed_count, r.unchanged_count, r.skipped_count`;

/** Bulk changes of prices and how far they are. */
@Injectable()
export class RepricingRepository {
  constructor(private readonly stores: StoreLookup) {}

  async insert(tx: Transaction, repricing: Repricing): Promise<void> {
    await tx.execute(
      sql.insert('repricing', [
        {
          id: repricing.id,
          store_id: repricing.storeId,
          currency: repricing.currency,
          work_json: JSON.stringify(repricing.work),
          undone_by_id: repricing.undoneBy,
          job_id: repricing.jobId,
          created_by: repricing.createdBy,
          created_at: repricing.createdAt,
          product_count: repricing.products,
          last_product_id: repricing.lastProductId,
          after_product_id: repricing.progress.afterProductId,
          done_count: 0,
          changed_count: 0,
          unchanged_count: 0,
          skipped_count: 0,
        },
      ]),
    );
  }

  /** A unit of work holds the row. Throws `pricing.repricing-not-found`. */
  async get(queries: SqlQueries, id: string): Promise<Repricing> {
    return this.one(queries, id, sql.empty);
  }

  /** The same, in a store; another store's is not there. */
  async getOfStore(queries: SqlQueries, storeCode: string, id: string): Promise<Repricing> {
    return this.one(queries, id, sql` AND s.store_code = ${storeCode}`);
  }

  /** Newest first. */
  async list(
    queries: SqlQueries,
    storeCode: string,
    before: RepricingPlace | undefined,
    limit: number,
  ): Promise<Repricing[]> {
    const rows = await queries.query<RepricingRow>(
      sql`SELECT ${COLUMNS}
          FROM repricing r
          JOIN ${this.stores.codes()} s ON s.store_id = r.store_id
          WHERE s.store_code = ${storeCode}
            AND ${sql.behind(sql`r.created_at`, sql`r.id`, before)}
          ORDER BY r.created_at DESC, r.id DESC
          ${sql.limit(limit)}`,
    );
    return rows.map(toRepricing);
  }

  /** Whether its job is still to run, or runs. */
  async isUnfinished(queries: SqlQueries, id: string): Promise<boolean> {
    const rows = await queries.query<RowOf<RepricingEntity, 'id'>>(
      sql`SELECT r.id
          FROM repricing r
          WHERE r.id = ${id} AND ${unfinishedJob(sql`r.job_id`)}`,
    );
    return rows.length > 0;
  }

  /** The unit of work must hold the row. */
  async markUndone(tx: Transaction, id: string, undoneBy: string): Promise<void> {
    await tx.execute(sql`UPDATE repricing SET undone_by_id = ${undoneBy} WHERE id = ${id}`);
  }

  async saveProgress(tx: Transaction, id: string, progress: RepricingProgress): Promise<void> {
    await tx.execute(
      sql`UPDATE repricing
          SET after_product_id = ${progress.afterProductId}, done_count = ${progress.products},
            changed_count = ${progress.changed}, unchanged_count = ${progress.unchanged},
            skipped_count = ${progress.skipped}
          WHERE id = ${id}`,
    );
  }

  /** Oldest first, of those whose job has ended. */
  async listExpired(queries: SqlQueries, createdBefore: number, limit: number): Promise<string[]> {
    const rows = await queries.query<RowOf<RepricingEntity, 'id'>>(
      sql`SELECT r.id
          FROM repricing r
          WHERE r.created_at < ${createdBefore} AND NOT ${unfinishedJob(sql`r.job_id`)}
          ORDER BY r.created_at, r.id
          ${sql.limit(limit)}`,
    );
    return rows.map(({ id }) => id);
  }

  async remove(tx: Transaction, id: string): Promise<void> {
    await tx.execute(sql`DELETE FROM repricing WHERE id = ${id}`);
  }

  private async one(queries: SqlQueries, id: string, where: SqlStatement): Promise<Repricing> {
    const rows = await queries.query<RepricingRow>(
      sql`SELECT ${COLUMNS}
          FROM repricing r${heldRows(queries)}
          JOIN ${this.stores.codes()} s ON s.store_id = r.store_id
          WHERE r.id = ${id}${where}`,
    );
    if (rows[0] === undefined) throw pricingErrors.repricingNotFound({ details: { id } });
    return toRepricing(rows[0]);
  }
}

function toRepricing(row: RepricingRow): Repricing {
  return {
    id: row.id,
    storeId: row.store_id,
    storeCode: row.store_code,
    currency: row.currency,
    // Written by `insert`, which takes nothing else.
    work: JSON.parse(row.work_json) as RepricingWork,
    undoneBy: row.undone_by_id,
    jobId: row.job_id,
    createdBy: row.created_by,
    createdAt: row.created_at,
    products: row.product_count,
    lastProductId: row.last_product_id,
    progress: {
      afterProductId: row.after_product_id,
      products: row.done_count,
      changed: row.changed_count,
      unchanged: row.unchanged_count,
      skipped: row.skipped_count,
    },
  };
}
