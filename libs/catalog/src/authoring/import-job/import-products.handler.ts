import { StoreLookup, storesErrors, type Store } from '#libs/stores';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { JobHandler, type HandlesJob, type JobContext } from '#authoring/jobs';
import { UnitOfWork, type Transaction } from '#libs/database';
import type { JsonObject } from '#libs/kernel';
import { importErrors, readProductCsv, type ProductCsvErrorItem } from '#libs/product-csv';
import {
  ProductWriter,
  type ForeseenMany,
  type SaveManyResult,
} from '../products/product.writer.js';
import {
  rebuildDedupeKey,
  rebuildRelatedProductsJob,
} from '../related/rebuild-related-products.job.js';
import type { ProductDraft } from '../../model/product-draft.js';
import type { SkuOwners } from '../products/taken-names.js';
import { importBatches, type ImportBatch } from './import-batches.js';
import type { ImportFile, ImportIssue, ImportProgress } from './import-file.js';
import { ImportFileRepository } from './import-file.repository.js';
import { importProductsJob } from './import-products.job.js';
import { productDraftFromImport } from './product-draft-from-import.js';

/** Products in one unit of work: large enough to be fast, small enough that others write in between. */
const BATCH_SIZE = 100;

/** Columns that the result of a job names; the report names all. */
const MAX_UNREAD_TOLD = 100;

/** Ends a unit of work without its effects; carries what it would have done. */
class DryRunEnded extends Error {
  constructor(readonly outcome: ForeseenMany) {
    super('a dry run stores nothing');
  }
}

/**
 * Imports an uploaded file in batches. Each batch is one unit of work that also notes how far the
 * import is, so a run that dies is continued behind its last batch by the next, and each batch
 * invalidates once.
 *
 * A dry run judges each batch and rolls back. It carries along who would have each SKU by then, so
 * that it reports what the run would report; continued, it foresees the batches before it again.
 */
@Injectable()
@JobHandler(importProductsJob, { concurrency: 1 })
export class ImportProductsHandler implements HandlesJob<{ importId: string }> {
  constructor(
    private readonly files: ImportFileRepository,
    private readonly stores: StoreLookup,
    private readonly writer: ProductWriter,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async handle({ importId }: { importId: string }, context: JobContext): Promise<void> {
    const file = await this.files.find(importId);
    if (file === undefined) throw importErrors.notFound({ details: { importId } });
    let progress = file.progress;
    let isComplete = true;
    let unread: readonly ImportIssue[] = [];
    const startAt = file.isDryRun ? 0 : progress.nextOrdinal;
    const foreseenSkus = new Map<string, string | null>();
    const items = readProductCsv(() => this.files.readContent(file.id), {
      currency: file.currency,
      startAt,
    });
    for await (const batch of importBatches(items, BATCH_SIZE, startAt)) {
      context.signal.throwIfAborted();
      isComplete &&= !batch.errors.some(({ isFatal }) => isFatal);
      unread = batch.unread;
      const foreseen = file.isDryRun ? await this.foresee(file, batch, foreseenSkus) : undefined;
      for (const [sku, owner] of foreseen?.skuOwners ?? []) foreseenSkus.set(sku, owner);
      if (!batch.isLast && batch.nextOrdinal <= progress.nextOrdinal) continue;
      progress = await this.importBatch(file, batch, progress, context, foreseen);
      context.progress(progressJson(file, progress));
      // Statements on SQLite are synchronous: let requests and timers of this replica have their turn.
      await nextTurn();
    }
    await context.complete((tx) => this.finish(tx, file, progress, { unread, isComplete }));
  }

  private async importBatch(
    file: ImportFile,
    batch: ImportBatch,
    before: ImportProgress,
    context: JobContext,
    foreseen: ForeseenMany | undefined,
  ): Promise<ImportProgress> {
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
    return this.writer.saveMany(tx, await this.storeOf(tx, file), draftsOf(file, batch));
  }

  /** What saving would do after the batches whose SKUs are given. */
  private async foresee(
    file: ImportFile,
    batch: ImportBatch,
    skus: SkuOwners,
  ): Promise<ForeseenMany> {
    try {
      return await this.unitOfWork.run(async (tx) => {
        const store = await this.storeOf(tx, file);
        throw new DryRunEnded(
          await this.writer.foreseeMany(tx, store, draftsOf(file, batch), skus),
        );
      });
    } catch (error) {
      if (error instanceof DryRunEnded) return error.outcome;
      throw error;
    }
  }

  private async storeOf(tx: Transaction, file: ImportFile): Promise<Store> {
    const store = await this.stores.findById(tx, file.storeId);
    if (store === undefined) {
      throw storesErrors.storeNotFound({ details: { store: file.storeCode } });
    }
    return store;
  }

  private async finish(
    tx: Transaction,
    file: ImportFile,
    progress: ImportProgress,
    outcome: { readonly unread: readonly ImportIssue[]; readonly isComplete: boolean },
  ): Promise<JsonObject> {
    if (!file.isDryRun && progress.created + progress.updated > 0) {
      const rebuild = { storeId: file.storeId };
      const dedupeKey = rebuildDedupeKey(rebuild);
      await tx.enqueue(rebuildRelatedProductsJob, rebuild, { dedupeKey });
    }
    const { unread, isComplete } = outcome;
    const unreadColumns = unread.slice(0, MAX_UNREAD_TOLD).map(({ column }) => column ?? '');
    return { ...progressJson(file, progress), isComplete, unreadColumns };
  }
}

function draftsOf(file: ImportFile, { products }: ImportBatch): ProductDraft[] {
  return products.map(({ product }) => productDraftFromImport(product, file.locale));
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

function issuesOfRejected(
  batch: ImportBatch,
  { rejected }: Pick<SaveManyResult, 'rejected'>,
): ImportIssue[] {
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
