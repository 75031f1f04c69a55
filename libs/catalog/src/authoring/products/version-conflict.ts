import { sql, type RowOf, type Transaction } from '#libs/database';
import { type LockstepError, staleVersion } from '#libs/kernel';
import type { CategoryEntity } from '../../model/category.entity.js';
import type { ProductEntity } from '../../model/product.entity.js';

/** The error for a save that found another version than the one that was loaded. */
export async function versionConflict(
  tx: Transaction,
  table: 'category' | 'product',
  id: string,
): Promise<LockstepError> {
  const rows = await tx.query<RowOf<CategoryEntity | ProductEntity, 'version'>>(
    sql`
      SELECT version
      FROM ${sql.identifier(table)}
      WHERE id = ${id}`,
  );
  return staleVersion(rows[0]?.version ?? 0);
}
