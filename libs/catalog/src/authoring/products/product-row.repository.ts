import { Injectable } from '@nestjs/common';
import {
  chunksOf,
  deleteRows,
  insertRows,
  MAX_PARAMETERS,
  sql,
  type Row,
  type Transaction,
} from '#libs/database';
import {
  productTables,
  type ProductRows,
  type ProductTable,
  type VariantRow,
} from './product-rows.js';

export interface RowChange {
  readonly before: ProductRows;
  readonly after: ProductRows;
}

/**
 * Writes what a product consists of beside its head row, for one product or for many at once.
 * Only owners whose rows differ are touched; a variant keeps its row, and so its id.
 */
@Injectable()
export class ProductRowRepository {
  async replace(tx: Transaction, changes: readonly RowChange[]): Promise<void> {
    await this.deleteDifferent(tx, changes);
    await this.replaceVariants(tx, changes);
    await this.insertDifferent(tx, changes);
  }

  /** Children go first and come last: they refer to their variant. */
  private async deleteDifferent(tx: Transaction, changes: readonly RowChange[]): Promise<void> {
    for (const table of tableNames) {
      const owners = changes.flatMap((change) => differentOwners(table, change, 'before'));
      await deleteRows(tx, table, productTables[table], owners);
    }
  }

  private async insertDifferent(tx: Transaction, changes: readonly RowChange[]): Promise<void> {
    for (const table of tableNames) {
      const rows = changes.flatMap((change) => {
        const owners = new Set(differentOwners(table, change, 'after'));
        return change.after[table].filter((row) => owners.has(ownerOf(table, row)));
      });
      await insertRows(tx, table, rows);
    }
  }

  private async replaceVariants(tx: Transaction, changes: readonly RowChange[]): Promise<void> {
    const removed: string[] = [];
    const added: VariantRow[] = [];
    const updated: VariantRow[] = [];
    const released: string[] = [];
    for (const { before, after } of changes) {
      const known = new Map(before.product_variant.map((row) => [row.id, row]));
      for (const row of after.product_variant) {
        const old = known.get(row.id);
        known.delete(row.id);
        if (old === undefined) added.push(row);
        else if (JSON.stringify(old) !== JSON.stringify(row)) {
          updated.push(row);
          if (old.sku !== null && old.sku !== row.sku) released.push(row.id);
        }
      }
      removed.push(...known.keys());
    }
    await deleteRows(tx, 'product_variant', 'id', removed);
    // Variants may pass their SKUs on to each other: all are given up before any is taken.
    for (const ids of chunksOf(released, MAX_PARAMETERS)) {
      await tx.execute(sql`
        UPDATE product_variant
        SET sku = NULL
        WHERE id IN ${sql.in(ids)}`);
    }
    for (const { id, ...columns } of updated) {
      const assignments = Object.entries(columns).map(
        ([name, value]) => sql`${sql.identifier(name)} = ${value}`,
      );
      await tx.execute(
        sql`
          UPDATE product_variant
          SET ${sql.join(assignments, ', ')}
          WHERE id = ${id}`,
      );
    }
    await insertRows(tx, 'product_variant', added);
  }
}

const tableNames = Object.keys(productTables) as ProductTable[];

function ownerOf(table: ProductTable, row: Row): string {
  return String(row[productTables[table]]);
}

function byOwner(table: ProductTable, rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const owner = ownerOf(table, row);
    const group = groups.get(owner);
    if (group === undefined) groups.set(owner, [row]);
    else group.push(row);
  }
  return groups;
}

/** Owners that have rows on the given side, and other rows on the opposite one. */
function differentOwners(
  table: ProductTable,
  change: RowChange,
  side: 'before' | 'after',
): string[] {
  const here = byOwner(table, change[side][table]);
  const there = byOwner(table, change[side === 'before' ? 'after' : 'before'][table]);
  return [...here]
    .filter(([owner, rows]) => JSON.stringify(rows) !== JSON.stringify(there.get(owner)))
    .map(([owner]) => owner);
}
