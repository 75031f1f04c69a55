import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Transaction } from '#libs/database';
import { systemClock } from '#libs/kernel';
import { catalogErrors } from '../catalog.errors.js';
import { catalogTags } from '../catalog.tags.js';
import { CategoryRepository } from '../category/category.repository.js';
import type { DemoShop } from '../demo/index.js';
import { insertRows } from '../product/product-row.repository.js';
import { ProductWriter } from '../product/product.writer.js';
import { StoreRepository } from '../store/store.repository.js';
import type { Store } from '../store/store.js';

/** Puts the demo shop into a database that has no store of its code. */
@Injectable()
export class DemoShopSeeder {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly stores: StoreRepository,
    private readonly categories: CategoryRepository,
    private readonly writer: ProductWriter,
  ) {}

  /**
   * All of the shop or nothing, in one unit of work, so it may be called by several processes and
   * after a crash. What staff made of the shop since stays. Resolves with true when it was written.
   */
  async seed(shop: DemoShop): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      if ((await this.stores.findByCode(tx, shop.store.code)) !== undefined) return false;
      const now = systemClock.wallMs();
      const store: Store = { ...shop.store, version: 1, createdAt: now, updatedAt: now };
      await this.stores.insert(tx, store);
      for (const { id, slug, parentId = null, position, name } of shop.categories) {
        await this.categories.insert(tx, {
          ...{ id, storeId: store.id, slug, parentId, position, names: { ...name } },
          ...{ version: 1, createdAt: now, updatedAt: now },
        });
      }
      await this.seedProducts(tx, store, shop);
      tx.invalidate(catalogTags.store(store.code), catalogTags.categories(store.code));
      return true;
    });
  }

  private async seedProducts(tx: Transaction, store: Store, shop: DemoShop): Promise<void> {
    const drafts = shop.products.map(({ id, draft }) => ({ ...draft, id }));
    const { rejected } = await this.writer.saveMany(tx, store, drafts);
    if (rejected.length > 0) throw catalogErrors.demoInvalid({ details: { rejected } });
    await insertRows(
      tx,
      'related_product',
      shop.products.flatMap(({ id, relatedIds }) =>
        relatedIds.map((relatedId, position) => ({
          product_id: id,
          related_id: relatedId,
          sort_position: position,
        })),
      ),
    );
  }
}
