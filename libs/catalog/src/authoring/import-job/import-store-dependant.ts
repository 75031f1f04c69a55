import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql, type Transaction, type RowOf } from '#libs/database';
import { StoreDependants, type Store, type StoreDependant } from '#libs/stores';
import type { ImportFileEntity } from '../../model/import-file.entity.js';

/** Imports keep their store; what they brought in is the catalog's. */
@Injectable()
export class ImportStoreDependant implements StoreDependant, OnModuleInit {
  constructor(private readonly dependants: StoreDependants) {}

  onModuleInit(): void {
    this.dependants.register(this);
  }

  async hasRowsOf(tx: Transaction, { id }: Store): Promise<boolean> {
    const rows = await tx.query<RowOf<ImportFileEntity, 'id'>>(
      sql`
        SELECT id
        FROM import_file
        WHERE store_id = ${id}
        ORDER BY id
        ${sql.limit(1)}`,
    );
    return rows.length > 0;
  }
}
