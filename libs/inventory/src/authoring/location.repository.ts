import { Injectable } from '@nestjs/common';
import { type RowOf, sql, type SqlQueries, type Transaction } from '#libs/database';
import { newId, systemClock } from '#libs/kernel';
import { LocationEntity } from '../model/location.entity.js';
import { MAIN_LOCATION } from '../model/main-location.js';

/** A location as its store knows it. */
export type StoredLocation = RowOf<LocationEntity, 'code' | 'name'>;

/** Where the goods of stores are kept. */
@Injectable()
export class LocationRepository {
  /** The id of the store's location; makes it when there is none. */
  async ensureMain(tx: Transaction, storeId: string): Promise<string> {
    const there = await this.find(tx, storeId, MAIN_LOCATION);
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
  async tryAdd(tx: Transaction, storeId: string, location: StoredLocation): Promise<boolean> {
    await tx.lock(`locations:${storeId}`);
    if ((await this.find(tx, storeId, location.code)) !== undefined) return false;
    await this.insert(tx, storeId, location);
    return true;
  }

  /** In the order of the codes. */
  list(queries: SqlQueries, storeId: string): Promise<StoredLocation[]> {
    return queries.query<StoredLocation>(
      sql`SELECT code, name
          FROM location
          WHERE store_id = ${storeId}
          ORDER BY code`,
    );
  }

  private async find(tx: Transaction, storeId: string, code: string): Promise<string | undefined> {
    const location = await tx.manager.findOne(LocationEntity, {
      select: { id: true },
      where: { storeId, code },
    });
    return location?.id;
  }

  private async makeMain(tx: Transaction, storeId: string): Promise<string> {
    // Two units of work may want to be the first to store something.
    await tx.lock(`locations:${storeId}`);
    const there = await this.find(tx, storeId, MAIN_LOCATION);
    return there ?? (await this.insert(tx, storeId, { code: MAIN_LOCATION, name: 'Main' }));
  }

  private async insert(
    tx: Transaction,
    storeId: string,
    { code, name }: StoredLocation,
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
