import { DataSource } from 'typeorm';
import { parseDatabaseUrl } from '#libs/config';
import {
  openMigrated,
  readOptions,
  SqlReader,
  UnitOfWork,
  writeOptions,
  type Commit,
} from '#libs/database';
import { systemClock } from '#libs/kernel';
import type { DatabaseFixture, OpenDatabaseFixture } from '#libs/testing';
import { catalogEntities } from '../src/catalog-entities.js';
import { CategoryPathFinder } from '../src/category/category-path.js';
import { CategoryRepository } from '../src/category/category.repository.js';
import type { ProductDraft } from '../src/product/product-draft.js';
import { ProductHeadRepository } from '../src/product/product-head.repository.js';
import { ProductRowRepository } from '../src/product/product-row.repository.js';
import { ProductRepository } from '../src/product/product.repository.js';
import { ProductWriter } from '../src/product/product.writer.js';
import type { Store } from '../src/store/store.js';
import { StoreRepository } from '../src/store/store.repository.js';
import { testStore } from './catalog-store.js';

const MAX_TRANSACTION_MS = 30_000;

/** A migrated database with the write model of the catalog, and every commit made through it. */
export class CatalogFixture {
  readonly commits: Commit[] = [];
  readonly stores = new StoreRepository();
  readonly categories = new CategoryRepository();
  readonly categoryPaths = new CategoryPathFinder(this.categories);
  private readonly rows = new ProductRowRepository();
  readonly products = new ProductRepository(this.rows);
  readonly writer = new ProductWriter(new ProductHeadRepository(), this.rows, this.categoryPaths);

  private constructor(
    private readonly database: DatabaseFixture,
    private readonly sources: readonly DataSource[],
    readonly unitOfWork: UnitOfWork,
    readonly reader: SqlReader,
  ) {
    unitOfWork.onCommit((commit) => this.commits.push(commit));
  }

  static async open(open: OpenDatabaseFixture): Promise<CatalogFixture> {
    const database = await open();
    const url = parseDatabaseUrl(database.url);
    const writer = await openMigrated(
      { ...writeOptions(url), entities: catalogEntities },
      MAX_TRANSACTION_MS,
    );
    const sources = [writer];
    if (url.kind === 'sqlite') {
      sources.push(await new DataSource(readOptions(url.file)).initialize());
    }
    const unitOfWork = unitOfWorkOn(writer, url.kind);
    const reader = new SqlReader(sources.at(-1) ?? writer, url.kind);
    return new CatalogFixture(database, sources, unitOfWork, reader);
  }

  get databaseUrl(): string {
    return this.database.url;
  }

  /** A second process' way to write to the same database. */
  async another(): Promise<{ unitOfWork: UnitOfWork; close: () => Promise<void> }> {
    const url = parseDatabaseUrl(this.database.url);
    const source = await new DataSource({
      ...writeOptions(url),
      entities: catalogEntities,
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
    for (const source of [...this.sources].reverse()) await source.destroy();
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
