import { StoreDependants, StoreLookup, type Store } from '#libs/stores';
import { StoreEntity } from '../../stores/src/model/store.entity.js';
import { StoreSettingsEntity } from '../../stores/src/model/settings/store-settings.entity.js';
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
import {
  StatementLog,
  TEST_READS,
  type DatabaseFixture,
  type OpenDatabaseFixture,
} from '#libs/testing';
import { inventoryEntities } from '../../inventory/src/model/inventory-entities.js';
import { LocationRepository } from '../../inventory/src/authoring/location.repository.js';
import { StockBookRepository } from '../../inventory/src/authoring/stock-book.repository.js';
import { StockItemRepository } from '../../inventory/src/authoring/stock-item.repository.js';
import { StockLedgerRepository } from '../../inventory/src/model/stock-ledger.repository.js';
import { StockEditor } from '../../inventory/src/authoring/stock.editor.js';
import { StockDirectory } from '../../inventory/src/authoring/stock.directory.js';
import { InventoryStoreDependant } from '../../inventory/src/authoring/inventory-store-dependant.js';
import { PriceBookRepository } from '../../pricing/src/authoring/price-book.repository.js';
import { PriceListRepository } from '../../pricing/src/authoring/price-list.repository.js';
import { PriceEditor } from '../../pricing/src/authoring/price.editor.js';
import { PriceRepository } from '../../pricing/src/authoring/price.repository.js';
import { PricingStoreDependant } from '../../pricing/src/authoring/pricing-store-dependant.js';
import { pricingEntities } from '../../pricing/src/model/pricing-entities.js';
import { catalogEntities } from '../src/model/catalog-entities.js';
import { CategoryPathFinder } from '../src/authoring/categories/category-path.js';
import { CategoryRepository } from '../src/authoring/categories/category.repository.js';
import type { ProductDraft } from '../src/model/product-draft.js';
import { ListedProductRepository } from '../src/authoring/listing/listed-product.repository.js';
import { SelectedProductRepository } from '../src/authoring/listing/selected-product.repository.js';
import { ProductEditor } from '../src/authoring/products/product.editor.js';
import { ProductHeadRepository } from '../src/authoring/products/product-head.repository.js';
import { ProductRowRepository } from '../src/authoring/products/product-row.repository.js';
import { ProductSheets } from '../src/authoring/listing/product-sheets.js';
import { ProductRepository } from '../src/authoring/products/product.repository.js';
import { ProductWriter } from '../src/authoring/products/product.writer.js';
import { testStore } from '../../stores/test/test-store.js';

const MAX_TRANSACTION_MS = 30_000;

const entities = [
  StoreEntity,
  StoreSettingsEntity,
  ...pricingEntities,
  ...inventoryEntities,
  ...catalogEntities,
];

/** A migrated database with the write model of the catalog, and every commit made through it. */
export class CatalogFixture {
  readonly commits: Commit[] = [];
  /** What was sent to write. */
  readonly statements: StatementLog;
  readonly stores = new StoreRepository();
  readonly storeLookup = new StoreLookup();
  readonly storeDependants = new StoreDependants();
  readonly categories = new CategoryRepository();
  readonly categoryPaths = new CategoryPathFinder(this.categories);
  private readonly rows = new ProductRowRepository();
  private readonly priceLists = new PriceListRepository();
  readonly priceBook = new PriceBookRepository(this.priceLists);
  readonly selectedProducts = new SelectedProductRepository();
  private readonly locations = new LocationRepository();
  private readonly ledger = new StockLedgerRepository();
  readonly sheets = new ProductSheets(
    this.priceBook,
    new StockBookRepository(this.locations, this.ledger),
  );
  private readonly heads = new ProductHeadRepository();
  readonly products = new ProductRepository(this.heads, this.rows, this.sheets);
  readonly writer = new ProductWriter(this.heads, this.rows, this.categoryPaths, this.sheets);
  private readonly listed = new ListedProductRepository(this.storeLookup);

  private constructor(
    private readonly database: DatabaseFixture,
    private readonly connections: { readonly reads: DatabaseReads; readonly writer: DataSource },
    readonly unitOfWork: UnitOfWork,
    readonly reader: SqlReader,
  ) {
    new CatalogStoreDependant(this.storeDependants).onModuleInit();
    new PricingStoreDependant(this.storeDependants, this.priceLists).onModuleInit();
    new InventoryStoreDependant(this.storeDependants, this.locations).onModuleInit();
    this.statements = new StatementLog(connections.writer);
    unitOfWork.onCommit((commit) => this.commits.push(commit));
  }

  static async open(open: OpenDatabaseFixture): Promise<CatalogFixture> {
    const database = await open();
    const url = parseDatabaseUrl(database.url);
    const writer = await openMigrated({ ...writeOptions(url), entities }, MAX_TRANSACTION_MS);
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
      entities,
    }).initialize();
    return { unitOfWork: unitOfWorkOn(source, url.kind), close: () => source.destroy() };
  }

  async addStore(changes: Partial<Store> = {}): Promise<Store> {
    const store = testStore(changes);
    await this.unitOfWork.run((tx) => this.stores.insert(tx, store));
    return store;
  }

  productEditor(unitOfWork = this.unitOfWork): ProductEditor {
    return new ProductEditor(unitOfWork, this.storeLookup, this.categories, this.products);
  }

  /** Sets prices in this process' unit of work or in another's. */
  priceEditor(unitOfWork = this.unitOfWork): PriceEditor {
    return new PriceEditor(unitOfWork, this.listed, this.priceLists, new PriceRepository());
  }

  stockEditor(unitOfWork = this.unitOfWork): StockEditor {
    const items = new StockItemRepository();
    return new StockEditor(unitOfWork, this.listed, this.locations, items, this.ledger);
  }

  stockDirectory(): StockDirectory {
    return new StockDirectory(
      this.reader,
      this.storeLookup,
      new StockItemRepository(),
      this.locations,
    );
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
