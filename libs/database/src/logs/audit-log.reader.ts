import { Injectable } from '@nestjs/common';
import type { JsonValue } from '#libs/kernel';
import { SqlReader } from '../reads/sql-reader.js';
import { sql } from '../sql/sql.js';
import type { AuditLogEntity } from '../tables/audit-log.entity.js';
import type { RowOf } from '../sql/row-of.js';

export interface AuditLogEntry {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly actor: { readonly kind: string; readonly id: string | undefined };
  readonly requestId: string | undefined;
  readonly action: string;
  readonly entity: string;
  readonly entityId: string;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

export interface AuditLogFilter {
  readonly entity?: string | undefined;
  readonly entityId?: string | undefined;
  readonly actorId?: string | undefined;
  /** The end of the page before: only older entries follow. */
  readonly olderThan?: { readonly at: number; readonly id: string } | undefined;
}

type AuditRow = RowOf<AuditLogEntity>;

/** Who changed what, newest first. */
@Injectable()
export class AuditLogReader {
  constructor(private readonly database: SqlReader) {}

  async list(filter: AuditLogFilter, limit: number): Promise<AuditLogEntry[]> {
    const { entity, entityId, actorId, olderThan } = filter;
    const conditions = [sql`1 = 1`];
    if (entity !== undefined) conditions.push(sql`entity = ${entity}`);
    if (entityId !== undefined) conditions.push(sql`entity_id = ${entityId}`);
    if (actorId !== undefined) conditions.push(sql`actor_id = ${actorId}`);
    if (olderThan !== undefined) {
      const { at, id } = olderThan;
      conditions.push(sql`at <= ${at} AND (at < ${at} OR id < ${id})`);
    }
    const rows = await this.database.query<AuditRow>(
      sql`SELECT id, at, actor_kind, actor_id, request_id, action, entity, entity_id,
                 before_json, after_json
          FROM audit_log
          WHERE ${sql.join(conditions, ' AND ')}
          ORDER BY at DESC, id DESC
          ${sql.limit(limit)}`,
    );
    return rows.map((row) => ({
      id: row.id,
      at: row.at,
      actor: { kind: row.actor_kind, id: row.actor_id ?? undefined },
      requestId: row.request_id ?? undefined,
      action: row.action,
      entity: row.entity,
      entityId: row.entity_id,
      before: parsed(row.before_json),
      after: parsed(row.after_json),
    }));
  }
}

function parsed(json: string | null): JsonValue | undefined {
  return json === null ? undefined : (JSON.parse(json) as JsonValue);
}
