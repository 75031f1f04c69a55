import { Injectable } from '@nestjs/common';
import { heldRows, type RowOf, sql, type SqlQueries, type Transaction } from '#libs/database';
import { newId, systemClock } from '#libs/kernel';
import { LocationEntity } from '../model/location.entity.js';
import { MAIN_LOCATION } from '../model/main-location.js';
import { salePriority, SELLS_NOTHING } from '../model/selling-locations.js';
import type { StockItemEntity } from '../model/stock-item.entity.js';
import type { LocationContent } from '../model/stock-movement.js';

/** A location as its store knows it. */
export interface StoredLocation extends LocationContent {
  readonly code: string;
  readonly version: number;
}

type FoundLocation = StoredLocation & { readonly id: string };

type LocationRow = RowOf<LocationEntity, 'id' | 'code' | 'name' | 'version'> & {
  readonly priority: number;
};

/** Where the goods of stores are kept. */
@Injectable()
export class LocationRepository {
  /** The id of the store's location; makes it when there is none. */
  async ensureMain(tx: Transaction, storeId: string): Promise<string> {
    const there = await this.findId(tx, storeId, MAIN_LOCATION);
    return there ?? (await this.makeMain(tx, storeId));
  }

  /** Takes a store's locations away, with what is left of their items, ledgers and holds. */
  async removeAll(tx: Transaction, storeId: string): Promise<void> {
    for (const table of ['stock_hold', 'stock_ledger', 'stock_item']) {
      await tx.execute(
        sql`DELETE FROM ${sql.identifier(table)}
            WHERE location_id IN (SELECT id FROM location WHERE store_id = ${storeId})`,
      );
    }
    await tx.manager.delete(LocationEntity, { storeId });
  }

  /** False when the store has one with this code. */
  async tryAdd(
    tx: Transaction,
    storeId: string,
    location: Pick<StoredLocation, 'code' | 'name'>,
  ): Promise<boolean> {
    await tx.lock(`locations:${storeId}`);
    if ((await this.findId(tx, storeId, location.code)) !== undefined) return false;
    await this.insert(tx, storeId, location);
    return true;
  }

  /** In the order of the codes. */
  async list(queries: SqlQueries, storeId: string): Promise<StoredLocation[]> {
    const rows = await queries.query<LocationRow>(
      sql`SELECT l.id, l.code, l.name, l.version, ${salePriority} AS priority
          FROM location l
          WHERE l.store_id = ${storeId}
          ORDER BY l.code`,
    );
    return rows.map(locationOf).map(({ id: _id, ...location }) => location);
  }

  /** A unit of work holds it. */
  async find(
    queries: SqlQueries,
    storeId: string,
    code: string,
  ): Promise<FoundLocation | undefined> {
    const [row] = await queries.query<LocationRow>(
      sql`SELECT l.id, l.code, l.name, l.version, ${salePriority} AS priority
          FROM location l${heldRows(queries)}
          WHERE l.store_id = ${storeId} AND l.code = ${code}`,
    );
    return row === undefined ? undefined : locationOf(row);
  }

  /** Of one that is held. */
  async update(
    tx: Transaction,
    { id, version }: FoundLocation,
    { name, salePriority: priority }: LocationContent,
  ): Promise<void> {
    await tx.execute(
      sql`UPDATE location
          SET name = ${name}, sale_priority = ${priority ?? SELLS_NOTHING},
            version = ${version + 1}, updated_at = ${systemClock.wallMs()}
          WHERE id = ${id}`,
    );
  }

  /** Products of which something that is there may be had. */
  async listAvailable(queries: SqlQueries, { id }: FoundLocation): Promise<string[]> {
    const rows = await queries.query<RowOf<StockItemEntity, 'product_id'>>(
      sql`SELECT DISTINCT product_id
          FROM stock_item
          WHERE location_id = ${id}
            AND (is_tracked = 0 OR allows_backorder = 1 OR on_hand > reserved)`,
    );
    return rows.map(({ product_id: productId }) => productId);
  }

  private async findId(
    tx: Transaction,
    storeId: string,
    code: string,
  ): Promise<string | undefined> {
    const location = await tx.manager.findOne(LocationEntity, {
      select: { id: true },
      where: { storeId, code },
    });
    return location?.id;
  }

  private async makeMain(tx: Transaction, storeId: string): Promise<string> {
    // Two units of work may want to be the first to store something.
    await tx.lock(`locations:${storeId}`);
    const there = await this.findId(tx, storeId, MAIN_LOCATION);
    return there ?? (await this.insert(tx, storeId, { code: MAIN_LOCATION, name: 'Main' }));
  }

  private async insert(
    tx: Transaction,
    storeId: string,
    { code, name }: Pick<StoredLocation, 'code' | 'name'>,
  ): Promise<string> {
    const id = newId();
    const now = systemClock.wallMs();
    await tx.manager.insert(LocationEntity, {
      id,
      storeId,
      code,
      name,
      version: 1,
      createdAt: now,
      updatedAt: now,
    });
    return id;
  }
}

function locationOf({ priority, ...row }: LocationRow): FoundLocation {
  return { ...row, salePriority: priority === SELLS_NOTHING ? null : priority };
}
