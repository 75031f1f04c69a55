import { Injectable } from '@nestjs/common';
import { PrimaryReader, type RowOf, sql, type SqlQueries, type Transaction } from '#libs/database';
import type { ScalingRulesEntity } from '../../model/records/scaling-rules.entity.js';

/** One version of the rules, as it was written. */
export interface StoredRules {
  readonly version: number;
  readonly content: string;
  readonly author: string | undefined;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

type RulesRow = RowOf<ScalingRulesEntity>;

const COLUMNS = sql`version, content, author, created_at`;

/** The rules and all that they were. */
@Injectable()
export class ScalingRulesRepository {
  constructor(private readonly reader: PrimaryReader) {}

  /** The rules that hold; undefined before the first were written. */
  async findCurrent(queries: SqlQueries = this.reader): Promise<StoredRules | undefined> {
    const [row] = await queries.query<RulesRow>(sql`
      SELECT ${COLUMNS}
      FROM scaling_rules
      ORDER BY version DESC
      ${sql.limit(1)}`);
    return row === undefined ? undefined : rulesOf(row);
  }

  async find(version: number): Promise<StoredRules | undefined> {
    const [row] = await this.reader.query<RulesRow>(sql`
      SELECT ${COLUMNS}
      FROM scaling_rules
      WHERE version = ${version}`);
    return row === undefined ? undefined : rulesOf(row);
  }

  /** Newest first. */
  async list(limit: number): Promise<StoredRules[]> {
    const rows = await this.reader.query<RulesRow>(sql`
      SELECT ${COLUMNS}
      FROM scaling_rules
      ORDER BY version DESC
      ${sql.limit(limit)}`);
    return rows.map(rulesOf);
  }

  async insert(tx: Transaction, rules: StoredRules): Promise<void> {
    const { version, content, author, createdAt } = rules;
    const row = { version, content, author: author ?? null, created_at: createdAt };
    await tx.execute(sql.insert('scaling_rules', [row]));
  }
}

function rulesOf({ version, content, author, created_at }: RulesRow): StoredRules {
  return { version, content, author: author ?? undefined, createdAt: created_at };
}
