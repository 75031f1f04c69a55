import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql, type Transaction, type RowOf } from '#libs/database';
import { StoreDependants, type Store, type StoreDependant } from '#libs/stores';
import type { CategoryEntity } from '../model/category.entity.js';
import type { ProductEntity } from '../model/product.entity.js';

/** Categories and products keep their store, and products the languages and currencies they use. */
@Injectable()
export class CatalogStoreDependant implements StoreDependant, OnModuleInit {
  constructor(private readonly dependants: StoreDependants) {}

  onModuleInit(): void {
    this.dependants.register(this);
  }

  async hasRowsOf(tx: Transaction, { id }: Store): Promise<boolean> {
    const rows = await tx.query<RowOf<CategoryEntity | ProductEntity, 'id'>>(
      sql`SELECT id FROM category WHERE store_id = ${id}
          UNION ALL
          SELECT id FROM product WHERE store_id = ${id}
          ORDER BY id
          ${sql.limit(1)}`,
    );
    return rows.length > 0;
  }

  async usesWhatIsLost(tx: Transaction, { id }: Store): Promise<boolean> {
    const rows = await tx.query<RowOf<ProductEntity, 'id'>>(
      sql`
        SELECT id
        FROM product
        WHERE store_id = ${id}
        ORDER BY id
        ${sql.limit(1)}`,
    );
    return rows.length > 0;
  }
}
