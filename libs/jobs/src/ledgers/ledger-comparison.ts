import { Injectable } from '@nestjs/common';
import { PrimaryReader, sql, type LedgerTables, type SqlStatement } from '#libs/database';

const PAGE = 500;

/** A balance beside the sum of its entries; both are 0 where there is nothing. */
export interface ComparedBalance {
  /** The values of the ledger's key. */
  readonly key: readonly [string, string];
  readonly balance: number;
  readonly sum: number;
}

interface ComparedRow {
  readonly first_key: string;
  readonly second_key: string;
  readonly balance: number | null;
  readonly entries: number | null;
}

/**
 * Reads balances beside the sums of their entries, page by page. One statement reads both, so a movement
 * that commits meanwhile is in both or in neither; entries without a balance and balances without entries are
 * found too.
 */
@Injectable()
export class LedgerComparison {
  constructor(private readonly database: PrimaryReader) {}

  /** In the order of the keys; at most 500 behind `after`. */
  async page(
    { key, entries, balances }: LedgerTables,
    after: ComparedBalance['key'] | undefined,
  ): Promise<ComparedBalance[]> {
    const [first, second] = [sql.identifier(key[0]), sql.identifier(key[1])];
    const isAfter =
      after === undefined
        ? sql`1 = 1`
        : sql`(${first} > ${after[0]} OR (${first} = ${after[0]} AND ${second} > ${after[1]}))`;
    const keysOf = (table: string): SqlStatement => sql`
      SELECT DISTINCT ${first} AS first_key, ${second} AS second_key
      FROM ${sql.identifier(table)}
      WHERE ${isAfter}
      ORDER BY ${first}, ${second}
      ${sql.limit(PAGE)}`;
    const isOfKey = (table: string): SqlStatement => {
      const of = sql.identifier(table);
      return sql`${of}.${first} = k.first_key AND ${of}.${second} = k.second_key`;
    };
    const rows = await this.database.query<ComparedRow>(sql`
      SELECT k.first_key, k.second_key, b.${sql.identifier(balances.amount)} AS balance,
        (SELECT SUM(e.${sql.identifier(entries.amount)})
          FROM ${sql.identifier(entries.table)} e
          WHERE ${isOfKey('e')}) AS entries
      FROM (
        SELECT first_key, second_key FROM (${keysOf(entries.table)}) moved
        UNION
        SELECT first_key, second_key FROM (${keysOf(balances.table)}) held
      ) k
      LEFT JOIN ${sql.identifier(balances.table)} b ON ${isOfKey('b')}
      ORDER BY k.first_key, k.second_key
      ${sql.limit(PAGE)}`);
    return rows.map((row) => ({
      key: [row.first_key, row.second_key],
      balance: row.balance ?? 0,
      sum: row.entries ?? 0,
    }));
  }
}
