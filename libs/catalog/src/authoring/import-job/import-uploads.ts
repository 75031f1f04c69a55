import { StoreLookup, storesErrors, type Store } from '#libs/stores';
import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#libs/database';
import { currentContext, newId, systemClock } from '#libs/kernel';
import { passCheckedProductCsv } from '#libs/product-csv';
import type { ImportFile } from './import-file.js';
import { ImportFileRepository } from './import-file.repository.js';
import { importProductsJob } from './import-products.job.js';

export interface ImportRequest {
  readonly storeCode: string;
  readonly fileName: string;
  readonly isDryRun: boolean;
  /** Defaults to the store's. */
  readonly currency?: string | undefined;
  readonly locale?: string | undefined;
}

export interface AcceptedImport {
  readonly importId: string;
  readonly jobId: string;
}

const CHUNK_BYTES = 256 * 1024;
const NO_PROGRESS = {
  nextOrdinal: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  rejected: 0,
  issues: 0,
};

/**
 * Takes uploads of product files: the bytes go to SQL piece by piece as they arrive, checked on the
 * way; the job exists when, and only when, the whole file is stored. Holds one piece in memory.
 */
@Injectable()
export class ImportUploads {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly stores: StoreLookup,
    private readonly files: ImportFileRepository,
  ) {}

  /**
   * Throws `catalog.import-file-unusable` for a file that is not a product CSV, and
   * `catalog.store-not-found`, `catalog.currency-unknown`, `catalog.locale-unknown` for a request that
   * does not fit the store; nothing is left behind then.
   */
  async receive(
    request: ImportRequest,
    content: AsyncIterable<Uint8Array>,
  ): Promise<AcceptedImport> {
    const file = await this.begin(request);
    try {
      const hash = createHash('sha256');
      let sizeBytes = 0;
      let sequence = 0;
      for await (const chunk of inPieces(passCheckedProductCsv(content), CHUNK_BYTES)) {
        hash.update(chunk);
        sizeBytes += chunk.length;
        const number = sequence;
        await this.unitOfWork.run((tx) => this.files.appendChunk(tx, file.id, number, chunk));
        sequence += 1;
      }
      return await this.finish(file, { sizeBytes, sha256: hash.digest('hex') });
    } catch (error) {
      // What cannot be removed now is removed with the other broken-off uploads.
      await this.unitOfWork.run((tx) => this.files.remove(tx, [file.id])).catch(() => undefined);
      throw error;
    }
  }

  private begin(request: ImportRequest): Promise<ImportFile> {
    return this.unitOfWork.run(async (tx) => {
      const store = await this.stores.getByCode(tx, request.storeCode);
      const file: ImportFile = {
        id: newId(),
        storeId: store.id,
        storeCode: store.code,
        fileName: request.fileName.slice(0, 255),
        sizeBytes: 0,
        sha256: '',
        currency: oneOf(store, 'currency', store.currencies, request.currency),
        locale: oneOf(store, 'locale', store.locales, request.locale),
        isDryRun: request.isDryRun,
        jobId: undefined,
        createdBy: currentContext()?.actor?.id,
        createdAt: systemClock.wallMs(),
        progress: NO_PROGRESS,
      };
      await this.files.insert(tx, file);
      return file;
    });
  }

  private finish(
    file: ImportFile,
    upload: { readonly sizeBytes: number; readonly sha256: string },
  ): Promise<AcceptedImport> {
    return this.unitOfWork.run(async (tx) => {
      const jobId = await tx.enqueue(importProductsJob, { importId: file.id });
      await this.files.finishUpload(tx, file.id, { ...upload, jobId });
      tx.audit({
        action: 'catalog:import:create',
        entity: 'import',
        entityId: file.id,
        after: {
          store: file.storeCode,
          fileName: file.fileName,
          isDryRun: file.isDryRun,
          ...upload,
        },
      });
      return { importId: file.id, jobId };
    });
  }
}

function oneOf(
  store: Store,
  what: 'currency' | 'locale',
  allowed: readonly string[],
  asked: string | undefined,
): string {
  const value = asked ?? (what === 'currency' ? store.defaultCurrency : store.defaultLocale);
  if (allowed.includes(value)) return value;
  const unknown = what === 'currency' ? storesErrors.currencyUnknown : storesErrors.localeUnknown;
  throw unknown({
    message: `the store "${store.code}" has no ${what} "${value}"`,
    details: { [what]: value, allowed },
  });
}

/** The same bytes in pieces of one size, so that rows in the database are few and even. */
async function* inPieces(
  source: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<Buffer, void, undefined> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  for await (const chunk of source) {
    held.push(chunk);
    heldBytes += chunk.length;
    if (heldBytes < size) continue;
    const all = Buffer.concat(held);
    let start = 0;
    for (; all.length - start >= size; start += size) yield all.subarray(start, start + size);
    held = [all.subarray(start)];
    heldBytes = all.length - start;
  }
  if (heldBytes > 0) yield Buffer.concat(held);
}
