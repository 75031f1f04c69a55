import { Injectable } from '@nestjs/common';
import { isUniqueViolation, sql, UnitOfWork, type Transaction } from '#libs/database';
import { staleVersion } from '#libs/http';
import { newId, systemClock } from '#libs/kernel';
import { catalogErrors } from '../model/catalog.errors.js';
import { catalogTags } from '../model/catalog.tags.js';
import { StoreRepository } from './store.repository.js';
import { storeBreaches, type Store, type StoreContent } from '../model/store.js';

export type StorePatch = {
  readonly [Name in keyof StoreContent]?: StoreContent[Name] | undefined;
};

/** Stores, as the back office changes them; one unit of work each, based on a version, audited. */
@Injectable()
export class StoreEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly stores: StoreRepository,
  ) {}

  /** Throws `catalog.store-invalid`, `catalog.store-code-taken`. */
  async create(code: string, content: StoreContent): Promise<Store> {
    const now = systemClock.wallMs();
    const store = { ...content, code, id: newId(), version: 1, createdAt: now, updatedAt: now };
    assertRules(store);
    try {
      return await this.unitOfWork.run(async (tx) => {
        if ((await this.stores.findByCode(tx, code)) !== undefined) {
          throw catalogErrors.storeCodeTaken();
        }
        await this.stores.insert(tx, store);
        // Somebody may have asked for the code before it existed.
        tx.invalidate(catalogTags.store(code));
        audit(tx, store.id, { action: 'catalog:store:create', after: store });
        return store;
      });
    } catch (error) {
      if (!isUniqueViolation(this.unitOfWork.dialect, error)) throw error;
      throw catalogErrors.storeCodeTaken({ cause: error });
    }
  }

  /**
   * Throws `catalog.store-invalid`, and `catalog.store-in-use` for taking away a language or
   * currency, or changing the default language, while there are products.
   */
  async update(code: string, version: number, patch: StorePatch): Promise<Store> {
    return this.unitOfWork.run(async (tx) => {
      const before = await this.getVersion(tx, code, version);
      const given = Object.entries(patch).filter(([, value]) => value !== undefined);
      const content = { ...before, ...Object.fromEntries(given) } as Store;
      if (JSON.stringify(content) === JSON.stringify(before)) return before;
      assertRules(content);
      await this.assertNothingLost(tx, before, content);
      for (const locale of content.locales) {
        if (!before.locales.includes(locale)) await this.listIn(tx, before, locale);
      }
      const after = await this.stores.save(tx, { ...content, updatedAt: systemClock.wallMs() });
      tx.invalidate(catalogTags.store(code));
      audit(tx, before.id, { action: 'catalog:store:update', before, after });
      return after;
    });
  }

  /** Throws `catalog.store-in-use` while it has categories, products or imports. */
  async remove(code: string, version: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const store = await this.getVersion(tx, code, version);
      for (const table of ['category', 'product', 'import_file']) {
        if (await hasRows(tx, table, store.id)) throw catalogErrors.storeInUse();
      }
      await this.stores.remove(tx, store);
      tx.invalidate(catalogTags.store(code));
      audit(tx, store.id, { action: 'catalog:store:delete', before: store });
    });
  }

  private async getVersion(tx: Transaction, code: string, version: number): Promise<Store> {
    const store = await this.stores.getByCode(tx, code);
    if (store.version !== version) throw staleVersion(store.version);
    return store;
  }

  private async assertNothingLost(tx: Transaction, before: Store, after: Store): Promise<void> {
    const isLost =
      before.currencies.some((currency) => !after.currencies.includes(currency)) ||
      before.locales.some((locale) => !after.locales.includes(locale)) ||
      before.defaultLocale !== after.defaultLocale;
    if (isLost && (await hasRows(tx, 'product', before.id))) {
      throw catalogErrors.storeInUse({
        message: 'the products of the store use what would be taken away',
      });
    }
  }

  /** Until they are translated, products are listed in a new language by their default name. */
  private async listIn(tx: Transaction, store: Store, locale: string): Promise<void> {
    await tx.execute(
      sql`INSERT INTO product_listing_name (product_id, locale, store_id, sort_name) SELECT product_id, ${locale}, store_id, sort_name FROM product_listing_name WHERE store_id = ${store.id} AND locale = ${store.defaultLocale}`,
    );
  }
}

async function hasRows(tx: Transaction, table: string, storeId: string): Promise<boolean> {
  const rows = await tx.query<{ id: string }>(
    sql`SELECT id FROM ${sql.identifier(table)} WHERE store_id = ${storeId} ORDER BY id ${sql.limit(1)}`,
  );
  return rows.length > 0;
}

function assertRules(store: Store): void {
  const breaches = storeBreaches(store.code, store);
  if (breaches.length > 0) throw catalogErrors.storeInvalid({ details: { errors: breaches } });
}

function audit(
  tx: Transaction,
  entityId: string,
  entry: { readonly action: string; readonly before?: Store; readonly after?: Store },
): void {
  tx.audit({ entity: 'store', entityId, ...entry });
}
