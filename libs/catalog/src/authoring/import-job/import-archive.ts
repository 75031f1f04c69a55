import { Injectable } from '@nestjs/common';
import { importErrors, writeImportReport } from '#libs/product-csv';
import type { ImportFile } from './import-file.js';
import { ImportFileRepository, type ImportPosition } from './import-file.repository.js';

/** What the back office sees of imports. */
@Injectable()
export class ImportArchive {
  constructor(private readonly files: ImportFileRepository) {}

  /** Newest first. */
  list(before: ImportPosition | undefined, limit: number): Promise<ImportFile[]> {
    return this.files.list(before, limit);
  }

  /** Throws `catalog.import-not-found`; an upload under way is not there yet. */
  async get(importId: string): Promise<ImportFile> {
    const file = await this.files.find(importId);
    if (file?.jobId === undefined) throw importErrors.notFound({ details: { importId } });
    return file;
  }

  /** Everything that was wrong with the file so far, as a CSV, line by line. */
  async report(importId: string): Promise<AsyncIterable<string>> {
    const { id } = await this.get(importId);
    return writeImportReport(this.files.readIssues(id));
  }
}
