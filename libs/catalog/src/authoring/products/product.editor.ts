import { StoreLookup, type Store } from '#libs/stores';
import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Transaction } from '#libs/database';
import { newId, systemClock, staleVersion } from '#libs/kernel';
import { catalogErrors } from '../../model/catalog.errors.js';
import { CategoryRepository } from '../categories/category.repository.js';
import {
  rebuildDedupeKey,
  rebuildRelatedProductsJob,
  RELATED_AFTER_MS,
} from '../related/rebuild-related-products.job.js';
import { lockCatalog } from '../catalog-lock.js';
import { changesRelations, isChanged, tagsOf, type ProductChange } from './product-change.js';
import { contentOf, newContent, type NewProduct, type ProductPatch } from './product-input.js';
import { noRows, productRows } from './product-rows.js';
import { productBreaches } from '../../model/product-rules.js';
import { ProductRepository } from './product.repository.js';
import type { ProductSheet } from '../../model/product-sheet.js';

/** Names one product the way callers may: an id counts only within the store. */
export interface ProductAddress {
  readonly storeCode: string;
  readonly id: string;
}

interface Deed {
  readonly action: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/**
 * Products, as the back office changes them; one unit of work each. Every change is based on a
 * version (`http.stale-version` when that is not the current one), is audited, and invalidates what
 * shows it. A change that changes nothing writes, audits and invalidates nothing.
 */
@Injectable()
export class ProductEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly stores: StoreLookup,
    private readonly categories: CategoryRepository,
    private readonly products: ProductRepository,
  ) {}

  /** Throws `catalog.product-invalid`, `catalog.slug-taken`, `catalog.sku-taken`. */
  async create(storeCode: string, input: NewProduct): Promise<ProductSheet> {
    return this.unitOfWork.run(async (tx) => {
      const store = await this.stores.getByCode(tx, storeCode);
      const now = systemClock.wallMs();
      const id = newId();
      const product: ProductSheet = {
        ...newContent(store, id, input),
        id,
        storeId: store.id,
        sourceKey: null,
        sourceHash: null,
        version: 1,
        createdAt: now,
        updatedAt: now,
      };
      return this.write(tx, store, undefined, product, {
        action: 'catalog:product:create',
        after: product,
      });
    });
  }

  /** Throws `catalog.product-invalid`, `catalog.slug-taken`, `catalog.sku-taken`. */
  update(address: ProductAddress, version: number, patch: ProductPatch): Promise<ProductSheet> {
    return this.change(address, version, (before) => {
      const after = { ...before, ...contentOf(before, patch) };
      return { after, deed: { action: 'catalog:product:update', before, after } };
    });
  }

  async remove({ storeCode, id }: ProductAddress, version: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const store = await this.stores.getByCode(tx, storeCode);
      const before = await this.getVersion(tx, store, id, version);
      const change = {
        before,
        after: undefined,
        rowsBefore: productRows(before),
        rowsAfter: noRows,
      };
      await this.products.save(tx, change);
      await this.invalidate(tx, store, change);
      audit(tx, id, { action: 'catalog:product:delete', before });
    });
  }

  private change(
    { storeCode, id }: ProductAddress,
    version: number,
    apply: (product: ProductSheet) => { readonly after: ProductSheet; readonly deed: Deed },
  ): Promise<ProductSheet> {
    return this.unitOfWork.run(async (tx) => {
      const store = await this.stores.getByCode(tx, storeCode);
      const before = await this.getVersion(tx, store, id, version);
      const { after, deed } = apply(before);
      return this.write(tx, store, before, { ...after, updatedAt: systemClock.wallMs() }, deed);
    });
  }

  private async getVersion(
    tx: Transaction,
    store: Store,
    id: string,
    version: number,
  ): Promise<ProductSheet> {
    const product = await this.products.get(tx, store.id, id);
    if (product.version !== version) throw staleVersion(product.version);
    return product;
  }

  private async write(
    tx: Transaction,
    store: Store,
    before: ProductSheet | undefined,
    after: ProductSheet,
    deed: Deed,
  ): Promise<ProductSheet> {
    const breaches = productBreaches(store, after);
    if (breaches.length > 0) throw catalogErrors.productInvalid({ details: { errors: breaches } });
    const change: ProductChange = {
      before,
      after,
      rowsBefore: before === undefined ? noRows : productRows(before),
      rowsAfter: productRows(after),
    };
    if (before !== undefined && !isChanged(change)) return before;
    await this.assertReferences(tx, store, change);
    const saved = (await this.products.save(tx, change)) ?? after;
    await this.invalidate(tx, store, change);
    audit(tx, after.id, deed);
    if (changesRelations(change) && after.status === 'active') {
      const payload = { storeId: store.id, productId: after.id };
      await tx.enqueue(rebuildRelatedProductsJob, payload, {
        dedupeKey: rebuildDedupeKey(payload),
        delayMs: RELATED_AFTER_MS,
      });
    }
    return saved;
  }

  private async assertReferences(
    tx: Transaction,
    store: Store,
    { before, after, rowsBefore, rowsAfter }: ProductChange,
  ): Promise<void> {
    if (after === undefined) return;
    if (after.categoryId !== null && after.categoryId !== before?.categoryId) {
      await this.categories.get(tx, store.id, after.categoryId);
    }
    const skusOf = (rows: typeof rowsAfter) =>
      rows.product_variant.map(({ sku }) => sku).join('\n');
    if (before?.slug === after.slug && skusOf(rowsBefore) === skusOf(rowsAfter)) return;
    await lockCatalog(tx, store.id);
    await this.products.assertUnique(tx, after);
  }

  private async invalidate(tx: Transaction, store: Store, change: ProductChange): Promise<void> {
    tx.invalidate(...tagsOf(store, await this.categories.all(tx, store.id), change));
  }
}

function audit(tx: Transaction, entityId: string, { action, ...states }: Deed): void {
  tx.audit({ action, entity: 'product', entityId, ...states });
}
