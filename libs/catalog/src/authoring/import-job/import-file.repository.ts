import { Injectable } from '@nestjs/common';
import { type RowOf, sql, SqlReader, type Transaction } from '#libs/database';
import { unfinishedJob } from '#libs/jobs';
import { type StoreCodes, StoreLookup } from '#libs/stores';
import type { ImportFile, ImportIssue, ImportProgress } from './import-file.js';
import type { ImportIssueEntity } from '../../model/import-issue.entity.js';
import type { ImportFileEntity } from '../../model/import-file.entity.js';
import type { ImportChunkEntity } from '../../model/import-chunk.entity.js';

type ImportFileRow = RowOf<ImportFileEntity> & Pick<StoreCodes, 'store_code'>;

type IssueRow = RowOf<
  ImportIssueEntity,
  'sequence' | 'line' | 'handle' | 'column_name' | 'code' | 'message'
>;

export interface ImportPosition {
  readonly createdAt: number;
  readonly id: string;
}

const COLUMNS = sql`f.id, f.store_id, s.store_code, f.file_name, f.size_bytes, f.sha256, f.currency,
  f.locale, f.is_dry_run, f.job_id, f.created_by, f.created_at, f.next_ordinal, f.created_count,
  f.updated_count, f.unchanged_count, f.rejected_count, f.issue_count`;
const ISSUES_PER_STATEMENT = 200;
const ISSUES_PER_PAGE = 500;
// A report names even what is too long, cut to what its columns hold.
const MAX_HANDLE = 300;
const MAX_COLUMN = 200;
const MAX_MESSAGE = 1_000;

/** Uploaded files: their bytes in pieces, how far their import is, and what was wrong with them. */
@Injectable()
export class ImportFileRepository {
  constructor(
    private readonly reader: SqlReader,
    private readonly stores: StoreLookup,
  ) {}

  async insert(tx: Transaction, file: ImportFile): Promise<void> {
    await tx.execute(
      sql.insert('import_file', [
        {
          id: file.id,
          store_id: file.storeId,
          file_name: file.fileName,
          size_bytes: file.sizeBytes,
          sha256: file.sha256,
          currency: file.currency,
          locale: file.locale,
          is_dry_run: file.isDryRun,
          job_id: file.jobId ?? null,
          created_by: file.createdBy ?? null,
          created_at: file.createdAt,
          next_ordinal: 0,
          created_count: 0,
          updated_count: 0,
          unchanged_count: 0,
          rejected_count: 0,
          issue_count: 0,
        },
      ]),
    );
  }

  async appendChunk(
    tx: Transaction,
    importId: string,
    sequence: number,
    content: Buffer,
  ): Promise<void> {
    await tx.execute(sql.insert('import_chunk', [{ import_id: importId, sequence, content }]));
  }

  async finishUpload(
    tx: Transaction,
    importId: string,
    upload: { readonly sizeBytes: number; readonly sha256: string; readonly jobId: string },
  ): Promise<void> {
    await tx.execute(
      sql`UPDATE import_file SET size_bytes = ${upload.sizeBytes}, sha256 = ${upload.sha256},
            job_id = ${upload.jobId}
          WHERE id = ${importId}`,
    );
  }

  async remove(tx: Transaction, importIds: readonly string[]): Promise<number> {
    const ids = sql.in(importIds);
    await tx.execute(sql`DELETE FROM import_issue WHERE import_id IN ${ids}`);
    await tx.execute(sql`DELETE FROM import_chunk WHERE import_id IN ${ids}`);
    return tx.execute(sql`DELETE FROM import_file WHERE id IN ${ids}`);
  }

  /** The bytes as they were uploaded, one piece at a time. */
  async *readContent(importId: string): AsyncGenerator<Uint8Array, void, undefined> {
    for (let sequence = 0; ; sequence += 1) {
      const rows = await this.reader.query<RowOf<ImportChunkEntity, 'content'>>(
        sql`SELECT content
            FROM import_chunk
            WHERE import_id = ${importId} AND sequence = ${sequence}`,
      );
      const content = rows[0]?.content;
      if (content === undefined) return;
      yield content;
    }
  }

  async find(importId: string): Promise<ImportFile | undefined> {
    const rows = await this.reader.query<ImportFileRow>(
      sql`SELECT ${COLUMNS}
          FROM import_file f
          JOIN ${this.stores.codes()} s ON s.store_id = f.store_id
          WHERE f.id = ${importId}`,
    );
    return rows[0] === undefined ? undefined : toImportFile(rows[0]);
  }

  /** Uploads that are complete, newest first. */
  async list(before: ImportPosition | undefined, limit: number): Promise<ImportFile[]> {
    const rows = await this.reader.query<ImportFileRow>(
      sql`SELECT ${COLUMNS}
          FROM import_file f
          JOIN ${this.stores.codes()} s ON s.store_id = f.store_id
          WHERE f.job_id IS NOT NULL AND ${sql.behind(sql`f.created_at`, sql`f.id`, before)}
          ORDER BY f.created_at DESC, f.id DESC
          ${sql.limit(limit)}`,
    );
    return rows.map(toImportFile);
  }

  async saveProgress(tx: Transaction, importId: string, progress: ImportProgress): Promise<void> {
    await tx.execute(
      sql`UPDATE import_file
          SET next_ordinal = ${progress.nextOrdinal}, created_count = ${progress.created},
            updated_count = ${progress.updated}, unchanged_count = ${progress.unchanged},
            rejected_count = ${progress.rejected}, issue_count = ${progress.issues}
          WHERE id = ${importId}`,
    );
  }

  /** `firstSequence` is the number of issues stored before. */
  async addIssues(
    tx: Transaction,
    importId: string,
    firstSequence: number,
    issues: readonly ImportIssue[],
  ): Promise<void> {
    for (let start = 0; start < issues.length; start += ISSUES_PER_STATEMENT) {
      const rows = issues.slice(start, start + ISSUES_PER_STATEMENT).map((issue, index) => ({
        import_id: importId,
        sequence: firstSequence + start + index,
        line: issue.line,
        handle: issue.handle?.slice(0, MAX_HANDLE) ?? null,
        column_name: issue.column?.slice(0, MAX_COLUMN) ?? null,
        code: issue.code,
        message: issue.message.slice(0, MAX_MESSAGE),
      }));
      await tx.execute(sql.insert('import_issue', rows));
    }
  }

  /** All issues in the order of the file, read page by page. */
  async *readIssues(importId: string): AsyncGenerator<ImportIssue, void, undefined> {
    let after = -1;
    for (;;) {
      const rows = await this.reader.query<IssueRow>(
        sql`SELECT sequence, line, handle, column_name, code, message
            FROM import_issue
            WHERE import_id = ${importId} AND sequence > ${after}
            ORDER BY sequence ${sql.limit(ISSUES_PER_PAGE)}`,
      );
      for (const row of rows) {
        yield {
          line: row.line,
          handle: row.handle ?? undefined,
          column: row.column_name ?? undefined,
          code: row.code,
          message: row.message,
        };
      }
      const last = rows.at(-1);
      if (last === undefined || rows.length < ISSUES_PER_PAGE) return;
      after = last.sequence;
    }
  }

  /** Files that no import needs any more: finished long ago, or uploads that broke off. */
  async listExpired(createdBefore: number, limit: number): Promise<string[]> {
    const rows = await this.reader.query<RowOf<ImportFileEntity, 'id'>>(
      sql`SELECT f.id
          FROM import_file f
          WHERE f.created_at < ${createdBefore} AND NOT ${unfinishedJob(sql`f.job_id`)}
          ORDER BY f.created_at, f.id
          ${sql.limit(limit)}`,
    );
    return rows.map(({ id }) => id);
  }
}

function toImportFile(row: ImportFileRow): ImportFile {
  return {
    id: row.id,
    storeId: row.store_id,
    storeCode: row.store_code,
    fileName: row.file_name,
    sizeBytes: row.size_bytes,
    sha256: row.sha256,
    currency: row.currency,
    locale: row.locale,
    isDryRun: row.is_dry_run === 1,
    jobId: row.job_id ?? undefined,
    createdBy: row.created_by ?? undefined,
    createdAt: row.created_at,
    progress: {
      nextOrdinal: row.next_ordinal,
      created: row.created_count,
      updated: row.updated_count,
      unchanged: row.unchanged_count,
      rejected: row.rejected_count,
      issues: row.issue_count,
    },
  };
}
