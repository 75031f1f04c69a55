import { Injectable } from '@nestjs/common';
import { PrimaryReader, type RowOf, sql, type Transaction } from '#libs/database';
import { newId } from '#libs/kernel';
import type { Decision } from '../../model/deciding/decision.js';
import type { ScalingMode } from '../../model/rules/scaling-rules.js';
import type { ScalingDecisionEntity } from '../../model/records/scaling-decision.entity.js';

/** An evaluation as it was written down. */
export interface RecordedDecision {
  readonly id: string;
  readonly fence: number;
  readonly rulesVersion: number;
  readonly mode: ScalingMode;
  /** Something was, or would have been, changed. */
  readonly isChange: boolean;
  readonly decision: Omit<Decision, 'memory'>;
}

type DecisionRow = RowOf<
  ScalingDecisionEntity,
  'id' | 'fence' | 'rules_version' | 'mode' | 'is_change' | 'content_json'
>;

/** Where a page of decisions ends: they are listed newest first. */
export interface DecisionPosition {
  readonly createdAt: number;
  readonly id: string;
}

/** All evaluations: of a day, advice of a week, and what was changed for longer. */
@Injectable()
export class ScalingDecisionRepository {
  constructor(private readonly reader: PrimaryReader) {}

  async insert(tx: Transaction, recorded: Omit<RecordedDecision, 'id'>): Promise<void> {
    const { fence, rulesVersion, mode, isChange, decision } = recorded;
    const row = {
      id: newId(),
      decided_at: decision.at,
      fence,
      rules_version: rulesVersion,
      mode,
      is_change: isChange,
      content_json: JSON.stringify(decision),
    };
    await tx.execute(sql.insert('scaling_decision', [row]));
  }

  async list(
    filter: { readonly isChange: boolean | undefined },
    after: DecisionPosition | undefined,
    limit: number,
  ): Promise<RecordedDecision[]> {
    const conditions = [
      ...(filter.isChange === undefined ? [] : [sql`is_change = ${Number(filter.isChange)}`]),
      sql.behind(sql`decided_at`, sql`id`, after),
    ];
    const rows = await this.reader.query<DecisionRow>(sql`
      SELECT id, fence, rules_version, mode, is_change, content_json
      FROM scaling_decision
      WHERE ${sql.join(conditions, ' AND ')}
      ORDER BY decided_at DESC, id DESC
      ${sql.limit(limit)}`);
    return rows.map((row) => ({
      id: row.id,
      fence: row.fence,
      rulesVersion: row.rules_version,
      mode: row.mode,
      isChange: row.is_change !== 0,
      decision: JSON.parse(row.content_json) as RecordedDecision['decision'],
    }));
  }
}
