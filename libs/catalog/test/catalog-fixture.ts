import { StoreDependants, StoreLookup, type Store } from '#libs/stores';
import { StoreEntity } from '../../stores/src/model/store.entity.js';
import { CatalogStoreDependant } from '../src/authoring/catalog-store-dependant.js';
import { StoreRepository } from '#authoring/stores';
import { DataSource } from 'typeorm';
import { parseDatabaseUrl } from '#libs/config';
import {
  openMigrated,
  openReads,
  SqlReader,
  UnitOfWork,
  writeOptions,
  type Commit,
  type DatabaseReads,
} from '#libs/database';
import { systemClock } from '#libs/kernel';
import { TEST_READS, type DatabaseFixture, type OpenDatabaseFixture } from '#libs/testing';
import { catalogEntities } from '../src/model/catalog-entities.js';
import { CategoryPathFinder } from '../src/authoring/category-path.js';
import { CategoryRepository } from '../src/authoring/category.repository.js';
import type { ProductDraft } from '../src/model/product-draft.js';
import { ProductHeadRepository } from '../src/authoring/product-head.repository.js';
import { ProductRowRepository } from '../src/authoring/product-row.repository.js';
import { ProductRepository } from '../src/authoring/product.repository.js';
import { ProductWriter } from '../src/authoring/product.writer.js';
import { testStore } from '../../stores/test/test-store.js';

const MAX_TRANSACTION_MS = 30_000;

/** A migrated database with the write model of the catalog, and every commit made through it. */
export class CatalogFixture {
  readonly commits: Commit[] = [];
  readonly stores = new StoreRepository();
  readonly storeLookup = new StoreLookup();
  readonly storeDependants = new StoreDependants();
  readonly categories = new CategoryRepository();
  readonly categoryPaths = new CategoryPathFinder(this.categories);
  private readonly rows = new ProductRowRepository();
  readonly products = new ProductRepository(this.rows);
  readonly writer = new ProductWriter(new ProductHeadRepository(), this.rows, this.categoryPaths);

  private constructor(
    private readonly database: DatabaseFixture,
    private readonly connections: { readonly reads: DatabaseReads; readonly writer: DataSource },
    readonly unitOfWork: UnitOfWork,
    readonly reader: SqlReader,
  ) {
    new CatalogStoreDependant(this.storeDependants).onModuleInit();
    unitOfWork.onCommit((commit) => this.commits.push(commit));
  }

  static async open(open: OpenDatabaseFixture): Promise<CatalogFixture> {
    const database = await open();
    const url = parseDatabaseUrl(database.url);
    const writer = await openMigrated(
      { ...writeOptions(url), entities: [StoreEntity, ...catalogEntities] },
      MAX_TRANSACTION_MS,
    );
    const reads = await openReads(url, TEST_READS);
    const unitOfWork = unitOfWorkOn(writer, url.kind);
    const reader = new SqlReader(reads.loads, url.kind);
    return new CatalogFixture(database, { reads, writer }, unitOfWork, reader);
  }

  get databaseUrl(): string {
    return this.database.url;
  }

  /** A second process' way to write to the same database. */
  async another(): Promise<{ unitOfWork: UnitOfWork; close: () => Promise<void> }> {
    const url = parseDatabaseUrl(this.database.url);
    const source = await new DataSource({
      ...writeOptions(url),
      entities: [StoreEntity, ...catalogEntities],
    }).initialize();
    return { unitOfWork: unitOfWorkOn(source, url.kind), close: () => source.destroy() };
  }

  async addStore(changes: Partial<Store> = {}): Promise<Store> {
    const store = testStore(changes);
    await this.unitOfWork.run((tx) => this.stores.insert(tx, store));
    return store;
  }

  saveMany(store: Store, drafts: readonly ProductDraft[]) {
    return this.unitOfWork.run((tx) => this.writer.saveMany(tx, store, drafts));
  }

  /** Tags of all commits since the last call. */
  takeTags(): string[] {
    return this.commits.splice(0).flatMap(({ tags }) => tags);
  }

  async close(): Promise<void> {
    await this.connections.reads.close();
    await this.connections.writer.destroy();
    await this.database.remove();
  }
}

function unitOfWorkOn(dataSource: DataSource, dialect: 'sqlite' | 'mssql'): UnitOfWork {
  return new UnitOfWork(dataSource, {
    dialect,
    origin: 'test',
    clock: systemClock,
    maxTransactionMs: MAX_TRANSACTION_MS,
    maxAttempts: 5,
    onListenerFailure: (error) => {
      throw error;
    },
  });
}
