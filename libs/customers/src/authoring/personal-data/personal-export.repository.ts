import { Injectable } from '@nestjs/common';
import {
  insertRows,
  sql,
  type RowOf,
  type SqlQueries,
  type SqlStatement,
  type Transaction,
} from '#libs/database';
import { unfinishedJob } from '#libs/jobs';
import type { PersonalExportChunkEntity } from '../../model/personal-export-chunk.entity.js';
import type { PersonalExportEntity } from '../../model/personal-export.entity.js';

type ExportRow = RowOf<PersonalExportEntity> & { readonly is_unfinished: number };

/** `failed`: its job ended without a file; it can be asked for again. */
export type PersonalExportState = 'waiting' | 'finished' | 'failed';

/** A file with what is known of a customer. Times are epoch milliseconds. */
export interface PersonalExport {
  readonly id: string;
  readonly customerId: string;
  readonly jobId: string;
  readonly state: PersonalExportState;
  readonly requestedBy: string | null;
  readonly chunkCount: number;
  readonly sizeBytes: number;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** Exports and the pieces of their files; every question of staff names the customer. */
@Injectable()
export class PersonalExportRepository {
  async insert(
    tx: Transaction,
    { id, customerId, jobId, requestedBy, createdAt, expiresAt }: PersonalExport,
  ): Promise<void> {
    await insertRows(tx, 'personal_export', [
      {
        id,
        customer_id: customerId,
        job_id: jobId,
        requested_by: requestedBy,
        chunk_count: 0,
        size_bytes: 0,
        created_at: createdAt,
        finished_at: null,
        expires_at: expiresAt,
      },
    ]);
  }

  find(queries: SqlQueries, customerId: string, id: string): Promise<PersonalExport | undefined> {
    return this.select(queries, sql`e.customer_id = ${customerId} AND e.id = ${id}`);
  }

  /** The one whose job is still to run, or runs. */
  findWaiting(queries: SqlQueries, customerId: string): Promise<PersonalExport | undefined> {
    return this.select(
      queries,
      sql`e.customer_id = ${customerId} AND e.finished_at IS NULL
        AND ${unfinishedJob(sql`e.job_id`)}`,
    );
  }

  /** Of the job, which knows the export by its own payload. */
  findForJob(queries: SqlQueries, id: string): Promise<PersonalExport | undefined> {
    return this.select(queries, sql`e.id = ${id}`);
  }

  async appendChunk(
    tx: Transaction,
    exportId: string,
    sequence: number,
    content: Buffer,
  ): Promise<void> {
    await insertRows(tx, 'personal_export_chunk', [{ export_id: exportId, sequence, content }]);
  }

  async clear(tx: Transaction, exportId: string): Promise<void> {
    await tx.execute(sql`DELETE FROM personal_export_chunk WHERE export_id = ${exportId}`);
  }

  async finish(
    tx: Transaction,
    id: string,
    file: {
      readonly chunkCount: number;
      readonly sizeBytes: number;
      readonly finishedAt: number;
      readonly expiresAt: number;
    },
  ): Promise<void> {
    await tx.execute(sql`
      UPDATE personal_export
      SET chunk_count = ${file.chunkCount}, size_bytes = ${file.sizeBytes},
        finished_at = ${file.finishedAt}, expires_at = ${file.expiresAt}
      WHERE id = ${id}`);
  }

  /** Removes every export of a customer, or every one but `exceptId`. */
  async removeOf(tx: Transaction, customerId: string, exceptId = ''): Promise<void> {
    const rows = await tx.query<RowOf<PersonalExportEntity, 'id'>>(sql`
      SELECT id
      FROM personal_export
      WHERE customer_id = ${customerId} AND id <> ${exceptId}`);
    await this.remove(
      tx,
      rows.map(({ id }) => id),
    );
  }

  async remove(tx: Transaction, ids: readonly string[]): Promise<void> {
    await tx.execute(sql`DELETE FROM personal_export_chunk WHERE export_id IN ${sql.in(ids)}`);
    await tx.execute(sql`DELETE FROM personal_export WHERE id IN ${sql.in(ids)}`);
  }

  async listExpired(queries: SqlQueries, now: number, limit: number): Promise<string[]> {
    const rows = await queries.query<RowOf<PersonalExportEntity, 'id'>>(sql`
      SELECT e.id
      FROM personal_export e
      WHERE e.expires_at <= ${now} AND NOT ${unfinishedJob(sql`e.job_id`)}
      ORDER BY e.expires_at, e.id
      ${sql.limit(limit)}`);
    return rows.map(({ id }) => id);
  }

  async readChunk(
    queries: SqlQueries,
    exportId: string,
    sequence: number,
  ): Promise<Buffer | undefined> {
    const rows = await queries.query<RowOf<PersonalExportChunkEntity, 'content'>>(sql`
      SELECT content
      FROM personal_export_chunk
      WHERE export_id = ${exportId} AND sequence = ${sequence}`);
    return rows[0]?.content;
  }

  private async select(
    queries: SqlQueries,
    condition: SqlStatement,
  ): Promise<PersonalExport | undefined> {
    const [row] = await queries.query<ExportRow>(sql`
      SELECT e.id, e.customer_id, e.job_id, e.requested_by, e.chunk_count, e.size_bytes,
        e.created_at, e.finished_at, e.expires_at,
        CASE WHEN ${unfinishedJob(sql`e.job_id`)} THEN 1 ELSE 0 END AS is_unfinished
      FROM personal_export e
      WHERE ${condition}`);
    if (row === undefined) return undefined;
    const unfinished = row.is_unfinished === 1 ? 'waiting' : 'failed';
    return {
      id: row.id,
      customerId: row.customer_id,
      jobId: row.job_id,
      state: row.finished_at === null ? unfinished : 'finished',
      requestedBy: row.requested_by,
      chunkCount: row.chunk_count,
      sizeBytes: row.size_bytes,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
    };
  }
}
