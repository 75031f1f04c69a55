import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { JobHandler, type HandlesJob, type JobContext } from '#authoring/jobs';
import { UnitOfWork, type Transaction } from '#libs/database';
import type { JsonObject } from '#libs/kernel';
import { catalogErrors } from '../../model/catalog.errors.js';
import { importErrors, readProductCsv, type ProductCsvErrorItem } from '#libs/product-csv';
import { ProductWriter, type SaveManyResult } from '../product.writer.js';
import {
  rebuildDedupeKey,
  rebuildRelatedProductsJob,
} from '../../model/rebuild-related-products.job.js';
import { StoreRepository } from '../store.repository.js';
import type { Store } from '../../model/store.js';
import { importBatches, type ImportBatch } from './import-batches.js';
import type { ImportFile, ImportIssue, ImportProgress } from './import-file.js';
import { ImportFileRepository } from './import-file.repository.js';
import { importProductsJob } from './import-products.job.js';
import { productDraftFromImport } from './product-draft-from-import.js';

/** Products in one unit of work: large enough to be fast, small enough that others write in between. */
const BATCH_SIZE = 100;

/** Ends a unit of work without its effects; carries what it would have done. */
class DryRunEnded extends Error {
  constructor(readonly outcome: SaveManyResult) {
    super('a dry run stores nothing');
  }
}

/**
 * Imports an uploaded file in batches. Each batch is one unit of work that also notes how far the
 * import is, so a run that dies is continued behind its last batch by the next, and each batch
 * invalidates once.
 */
@Injectable()
@JobHandler(importProductsJob, { concurrency: 1 })
export class ImportProductsHandler implements HandlesJob<{ importId: string }> {
  constructor(
    private readonly files: ImportFileRepository,
    private readonly stores: StoreRepository,
    private readonly writer: ProductWriter,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async handle({ importId }: { importId: string }, context: JobContext): Promise<void> {
    const file = await this.files.find(importId);
    if (file === undefined) throw importErrors.notFound({ details: { importId } });
    let progress = file.progress;
    let isComplete = true;
    const items = readProductCsv(() => this.files.readContent(file.id), {
      currency: file.currency,
      startAt: progress.nextOrdinal,
    });
    for await (const batch of importBatches(items, BATCH_SIZE, progress.nextOrdinal)) {
      context.signal.throwIfAborted();
      isComplete &&= !batch.errors.some(({ isFatal }) => isFatal);
      progress = await this.importBatch(file, batch, progress, context);
      context.progress(progressJson(file, progress));
      // Statements on SQLite are synchronous: let requests and timers of this replica have their turn.
      await nextTurn();
    }
    await context.complete((tx) => this.finish(tx, file, progress, isComplete));
  }

  private async importBatch(
    file: ImportFile,
    batch: ImportBatch,
    before: ImportProgress,
    context: JobContext,
  ): Promise<ImportProgress> {
    const foreseen = file.isDryRun ? await this.foresee(file, batch) : undefined;
    let after = before;
    const step = `batch-${String(batch.nextOrdinal).padStart(9, '0')}`;
    const isNew = await context.step(step, async (tx) => {
      const outcome = foreseen ?? (await this.save(tx, file, batch));
      const unread = before.nextOrdinal === 0 && before.issues === 0 ? batch.unread : [];
      const found = [...batch.errors.map(issueOfError), ...issuesOfRejected(batch, outcome)];
      const issues = [...unread, ...found].sort((one, other) => one.line - other.line);
      await this.files.addIssues(tx, file.id, before.issues, issues);
      after = {
        nextOrdinal: batch.nextOrdinal,
        created: before.created + outcome.created,
        updated: before.updated + outcome.updated,
        unchanged: before.unchanged + outcome.unchanged,
        rejected: before.rejected + rejectedProducts(batch) + outcome.rejected.length,
        issues: before.issues + issues.length,
      };
      await this.files.saveProgress(tx, file.id, after);
    });
    // An earlier run committed this batch, and with it how far the import is.
    return isNew ? after : ((await this.files.find(file.id))?.progress ?? before);
  }

  private async save(
    tx: Transaction,
    file: ImportFile,
    batch: ImportBatch,
  ): Promise<SaveManyResult> {
    const store = await this.storeOf(tx, file);
    const drafts = batch.products.map(({ product }) =>
      productDraftFromImport(product, file.locale),
    );
    return this.writer.saveMany(tx, store, drafts);
  }

  /** What saving would do: it is done, looked at, and rolled back. */
  private async foresee(file: ImportFile, batch: ImportBatch): Promise<SaveManyResult> {
    try {
      return await this.unitOfWork.run(async (tx) => {
        throw new DryRunEnded(await this.save(tx, file, batch));
      });
    } catch (error) {
      if (error instanceof DryRunEnded) return error.outcome;
      throw error;
    }
  }

  private async storeOf(tx: Transaction, file: ImportFile): Promise<Store> {
    const store = await this.stores.findById(tx, file.storeId);
    if (store === undefined) {
      throw catalogErrors.storeNotFound({ details: { store: file.storeCode } });
    }
    return store;
  }

  private async finish(
    tx: Transaction,
    file: ImportFile,
    progress: ImportProgress,
    isComplete: boolean,
  ): Promise<JsonObject> {
    if (!file.isDryRun && progress.created + progress.updated > 0) {
      const rebuild = { storeId: file.storeId };
      const dedupeKey = rebuildDedupeKey(rebuild);
      await tx.enqueue(rebuildRelatedProductsJob, rebuild, { dedupeKey });
    }
    return { ...progressJson(file, progress), isComplete };
  }
}

function progressJson(file: ImportFile, progress: ImportProgress): JsonObject {
  const { nextOrdinal, ...counts } = progress;
  return { importId: file.id, isDryRun: file.isDryRun, products: nextOrdinal, ...counts };
}

function issueOfError({ line, handle, column, code, message }: ProductCsvErrorItem): ImportIssue {
  return { line, handle, column, code, message };
}

function rejectedProducts({ errors }: ImportBatch): number {
  return new Set(errors.flatMap(({ ordinal }) => ordinal ?? [])).size;
}

function issuesOfRejected(batch: ImportBatch, { rejected }: SaveManyResult): ImportIssue[] {
  const lines = new Map(
    batch.products.map(({ product, lines: { first } }) => [product.handle, first]),
  );
  return rejected.flatMap(({ sourceKey, breaches }) =>
    breaches.map(({ path, message }) => ({
      line: lines.get(sourceKey) ?? 0,
      handle: sourceKey,
      column: undefined,
      code: 'product-refused',
      message: `${path}: ${message}`,
    })),
  );
}
