import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql, type Transaction } from '#libs/database';
import { StoreDependants, type Store, type StoreDependant } from '#libs/stores';

/** Categories and products keep their store, and products the languages and currencies they use. */
@Injectable()
export class CatalogStoreDependant implements StoreDependant, OnModuleInit {
  constructor(private readonly dependants: StoreDependants) {}

  onModuleInit(): void {
    this.dependants.register(this);
  }

  async hasRowsOf(tx: Transaction, { id }: Store): Promise<boolean> {
    const rows = await tx.query<{ id: string }>(
      sql`SELECT id FROM category WHERE store_id = ${id}
          UNION ALL
          SELECT id FROM product WHERE store_id = ${id}
          ORDER BY id
          ${sql.limit(1)}`,
    );
    return rows.length > 0;
  }

  async usesWhatIsLost(tx: Transaction, { id }: Store): Promise<boolean> {
    const rows = await tx.query<{ id: string }>(
      sql`SELECT id FROM product WHERE store_id = ${id} ORDER BY id ${sql.limit(1)}`,
    );
    return rows.length > 0;
  }
}
