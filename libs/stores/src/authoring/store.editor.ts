import { Injectable } from '@nestjs/common';
import { isUniqueViolation, UnitOfWork, type Transaction } from '#libs/database';
import { newId, systemClock, staleVersion } from '#libs/kernel';
import { StoreDependants } from '../model/store-dependants.js';
import { StoreLookup } from '../model/store-lookup.js';
import { storesErrors } from '../model/stores.errors.js';
import { storesTags } from '../model/stores.tags.js';
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
    private readonly lookup: StoreLookup,
    private readonly stores: StoreRepository,
    private readonly dependants: StoreDependants,
  ) {}

  /** Throws `catalog.store-invalid`, `catalog.store-code-taken`. */
  async create(code: string, content: StoreContent): Promise<Store> {
    const now = systemClock.wallMs();
    const store = { ...content, code, id: newId(), version: 1, createdAt: now, updatedAt: now };
    assertRules(store);
    try {
      return await this.unitOfWork.run(async (tx) => {
        if ((await this.lookup.findByCode(tx, code)) !== undefined) {
          throw storesErrors.storeCodeTaken();
        }
        await this.stores.insert(tx, store);
        // A request may have asked for the code before it existed.
        tx.invalidate(storesTags.store(code));
        audit(tx, store.id, { action: 'catalog:store:create', after: store });
        return store;
      });
    } catch (error) {
      if (!isUniqueViolation(this.unitOfWork.dialect, error)) throw error;
      throw storesErrors.storeCodeTaken({ cause: error });
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
      const after = await this.stores.save(tx, { ...content, updatedAt: systemClock.wallMs() });
      tx.invalidate(storesTags.store(code));
      audit(tx, before.id, { action: 'catalog:store:update', before, after });
      return after;
    });
  }

  /** Throws `catalog.store-in-use` while a slice keeps rows of it: categories, products, orders. */
  async remove(code: string, version: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const store = await this.getVersion(tx, code, version);
      if (await this.dependants.haveRowsOf(tx, store)) throw storesErrors.storeInUse();
      await this.dependants.removeRowsOf(tx, store);
      await this.stores.remove(tx, store);
      tx.invalidate(storesTags.store(code));
      audit(tx, store.id, { action: 'catalog:store:delete', before: store });
    });
  }

  private async getVersion(tx: Transaction, code: string, version: number): Promise<Store> {
    const store = await this.lookup.getByCode(tx, code);
    if (store.version !== version) throw staleVersion(store.version);
    return store;
  }

  private async assertNothingLost(tx: Transaction, before: Store, after: Store): Promise<void> {
    const isLost =
      before.currencies.some((currency) => !after.currencies.includes(currency)) ||
      before.locales.some((locale) => !after.locales.includes(locale)) ||
      before.defaultLocale !== after.defaultLocale;
    if (isLost && (await this.dependants.useWhatIsLost(tx, before, after))) {
      throw storesErrors.storeInUse({
        message: 'the products of the store use what would be taken away',
      });
    }
  }
}

function assertRules(store: Store): void {
  const breaches = storeBreaches(store.code, store);
  if (breaches.length > 0) throw storesErrors.storeInvalid({ details: { errors: breaches } });
}

function audit(
  tx: Transaction,
  entityId: string,
  entry: { readonly action: string; readonly before?: Store; readonly after?: Store },
): void {
  tx.audit({ entity: 'store', entityId, ...entry });
}
