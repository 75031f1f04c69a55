import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AuditLogReader, type AuditLogEntry } from '#libs/database';
import { Answers, isoTime, pagedBy, RequirePermission, type Page } from '#libs/http';
import { z } from 'zod';
import {
  auditLogPage,
  auditLogQuery,
  type AuditLogEntryAnswer,
  type AuditLogQuery,
} from './audit-log.schemas.js';

const pageByTime = pagedBy(
  z.strictObject({ at: z.int(), id: z.uuid() }),
  ({ at, id }: AuditLogEntry) => ({ at, id }),
);

@ApiTags('Audit log')
@Controller('audit-log')
export class AuditLogController {
  constructor(private readonly auditLog: AuditLogReader) {}

  @Get()
  @RequirePermission('identity:audit-log:read')
  @ApiOperation({ summary: 'Read the audit log' })
  @Answers(200, auditLogPage, 'Who changed what, newest first.')
  list(
    @Query({ schema: auditLogQuery }) { entity, entityId, actorId, ...page }: AuditLogQuery,
  ): Promise<Page<AuditLogEntryAnswer>> {
    return pageByTime(
      page,
      (olderThan, limit) => this.auditLog.list({ entity, entityId, actorId, olderThan }, limit),
      toAnswer,
    );
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
