import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AuditLogReader, type AuditLogEntry } from '#authoring/identity';
import { Answers, cursorCodec, RequirePermission } from '#libs/http';
import { z } from 'zod';
import {
  auditLogPage,
  auditLogQuery,
  type AuditLogEntryAnswer,
  type AuditLogQuery,
} from './audit-log.schemas.js';
import { isoTime, type Page } from './page.js';

const positions = cursorCodec(z.strictObject({ at: z.int(), id: z.uuid() }));

@ApiTags('Audit log')
@Controller('audit-log')
export class AuditLogController {
  constructor(private readonly auditLog: AuditLogReader) {}

  @Get()
  @RequirePermission('identity:audit-log:read')
  @Answers(200, auditLogPage, 'Who changed what, newest first.')
  async list(
    @Query({ schema: auditLogQuery }) { cursor, limit, ...filter }: AuditLogQuery,
  ): Promise<Page<AuditLogEntryAnswer>> {
    const olderThan = cursor === undefined ? undefined : positions.decode(cursor);
    const entries = await this.auditLog.list({ ...filter, olderThan }, limit + 1);
    const shown = entries.slice(0, limit);
    const last = entries.length > limit ? shown.at(-1) : undefined;
    return {
      items: shown.map(toAnswer),
      nextCursor: last === undefined ? null : positions.encode({ at: last.at, id: last.id }),
    };
  }
}

function toAnswer(entry: AuditLogEntry): AuditLogEntryAnswer {
  return {
    id: entry.id,
    at: isoTime(entry.at),
    actor: { kind: entry.actor.kind, id: entry.actor.id ?? null },
    requestId: entry.requestId ?? null,
    action: entry.action,
    entity: entry.entity,
    entityId: entry.entityId,
    before: entry.before ?? null,
    after: entry.after ?? null,
  };
}
