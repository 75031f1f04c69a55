import { Injectable } from '@nestjs/common';
import { sql, type Transaction } from '#libs/database';
import type { RelativeList } from '../../model/relative-list.js';

/** Writes relative lists; every call names the store. */
@Injectable()
export class RelativeListRepository {
  async insert(tx: Transaction, list: RelativeList): Promise<void> {
    await tx.execute(
      sql.insert('price_list', [
        {
          id: list.id,
          store_id: list.storeId,
          code: list.code,
          name: list.name,
          currency: list.currency,
          priority: list.priority,
          valid_from: list.validFrom,
          valid_until: list.validUntil,
          customer_group: list.customerGroup,
          rule_json: JSON.stringify(list.rule),
          version: list.version,
          created_at: list.createdAt,
          updated_at: list.updatedAt,
        },
      ]),
    );
  }

  /** False when it is not there in the version that `list` comes after. */
  async update(tx: Transaction, list: RelativeList): Promise<boolean> {
    const updated = await tx.execute(
      sql`UPDATE price_list
          SET code = ${list.code}, name = ${list.name}, currency = ${list.currency},
            priority = ${list.priority}, valid_from = ${list.validFrom},
            valid_until = ${list.validUntil}, customer_group = ${list.customerGroup},
            rule_json = ${JSON.stringify(list.rule)}, version = ${list.version},
            updated_at = ${list.updatedAt}
          WHERE id = ${list.id} AND store_id = ${list.storeId} AND version = ${list.version - 1}
            AND rule_json IS NOT NULL`,
    );
    return updated === 1;
  }

  /** False when it is not there in this version. */
  async remove(tx: Transaction, { id, storeId, version }: RelativeList): Promise<boolean> {
    const removed = await tx.execute(
      sql`DELETE FROM price_list
          WHERE id = ${id} AND store_id = ${storeId} AND version = ${version}
            AND rule_json IS NOT NULL`,
    );
    return removed === 1;
  }
}
