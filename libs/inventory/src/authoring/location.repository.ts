import { Injectable } from '@nestjs/common';
import { sql, type Transaction } from '#libs/database';
import { newId, systemClock } from '#libs/kernel';
import { LocationEntity } from '../model/location.entity.js';
import { MAIN_LOCATION } from '../model/main-location.js';

/** Where the goods of stores are kept. */
@Injectable()
export class LocationRepository {
  /** The id of the store's location; makes it when there is none. */
  async ensureMain(tx: Transaction, storeId: string): Promise<string> {
    return (await this.findMain(tx, storeId)) ?? (await this.makeMain(tx, storeId));
  }

  /** Takes a store's locations away, with what is left of their items and ledgers. */
  async removeAll(tx: Transaction, storeId: string): Promise<void> {
    for (const table of ['stock_ledger', 'stock_item']) {
      await tx.execute(
        sql`DELETE FROM ${sql.identifier(table)}
            WHERE location_id IN (SELECT id FROM location WHERE store_id = ${storeId})`,
      );
    }
    await tx.manager.delete(LocationEntity, { storeId });
  }

  private async findMain(tx: Transaction, storeId: string): Promise<string | undefined> {
    const location = await tx.manager.findOne(LocationEntity, {
      select: { id: true },
      where: { storeId, code: MAIN_LOCATION },
    });
    return location?.id;
  }

  private async makeMain(tx: Transaction, storeId: string): Promise<string> {
    // Two units of work may want to be the first to store something.
    await tx.lock(`locations:${storeId}`);
    const there = await this.findMain(tx, storeId);
    if (there !== undefined) return there;
    const id = newId();
    const now = systemClock.wallMs();
    await tx.manager.insert(LocationEntity, {
      id,
      storeId,
      code: MAIN_LOCATION,
      name: 'Main',
      version: 1,
      createdAt: now,
      updatedAt: now,
    });
    return id;
  }
}
