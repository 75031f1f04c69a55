import type { JobContext } from '#authoring/jobs';
import { sql } from '#libs/database';
import type { JsonObject } from '#libs/kernel';
import { ImportArchive } from '../src/authoring/import-job/import-archive.js';
import { ImportFileRepository } from '../src/authoring/import-job/import-file.repository.js';
import type { ImportProgress } from '../src/authoring/import-job/import-file.js';
import { ImportProductsHandler } from '../src/authoring/import-job/import-products.handler.js';
import { ImportUploads } from '../src/authoring/import-job/import-uploads.js';
import type { Store } from '#libs/stores';
import type { CatalogFixture } from './catalog-fixture.js';
import { jobContextOn } from './catalog-job-context.js';

export interface StoredVariant {
  readonly id: string;
  readonly sku: string | null;
  readonly on_hand: number;
}

/** Imports as the back office takes them and the job runs them, on the database of a fixture. */
export class ImportFixture {
  readonly files: ImportFileRepository;
  private readonly uploads: ImportUploads;
  private readonly archive: ImportArchive;
  private readonly handler: ImportProductsHandler;

  constructor(private readonly catalog: CatalogFixture) {
    const { unitOfWork, storeLookup: stores, writer, reader } = catalog;
    this.files = new ImportFileRepository(reader, stores);
    this.uploads = new ImportUploads(unitOfWork, stores, this.files);
    this.archive = new ImportArchive(this.files);
    this.handler = new ImportProductsHandler(this.files, stores, writer, unitOfWork);
  }

  /** Stores the file; the job that the upload asks for is left to the test. */
  async upload(store: Store, content: string | Uint8Array, isDryRun = false): Promise<string> {
    async function* source(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(content);
    }
    const request = { storeCode: store.code, fileName: 'products.csv', isDryRun };
    return (await this.uploads.receive(request, source())).importId;
  }

  run(importId: string, context: JobContext): Promise<void> {
    return this.handler.handle({ importId }, context);
  }

  async import(store: Store, content: string | Uint8Array, isDryRun = false) {
    const importId = await this.upload(store, content, isDryRun);
    const context = jobContextOn(this.catalog.unitOfWork);
    await this.run(importId, context);
    return { ...(await this.outcome(importId)), result: context.result as JsonObject };
  }

  /** How far the import is, and the lines of its report without the header. */
  async outcome(importId: string): Promise<{ progress: ImportProgress; report: string[] }> {
    const { progress } = await this.archive.get(importId);
    let text = '';
    for await (const line of await this.archive.report(importId)) text += line;
    return { progress, report: text.trimEnd().split('\r\n').slice(1) };
  }

  async handles(store: Store): Promise<string[]> {
    const rows = await this.catalog.reader.query<{ source_key: string }>(
      sql`SELECT source_key FROM product WHERE store_id = ${store.id} ORDER BY source_key`,
    );
    return rows.map(({ source_key: handle }) => handle);
  }

  variants(store: Store): Promise<StoredVariant[]> {
    return this.catalog.reader.query<StoredVariant>(
      sql`
        SELECT v.id, v.sku, s.on_hand
        FROM product_variant v
        JOIN stock_item s ON s.variant_id = v.id
        WHERE v.store_id = ${store.id} AND v.sku IS NOT NULL
        ORDER BY v.sku
      `,
    );
  }
}
