import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import { catalogErrors } from '../model/catalog.errors.js';
import { versionConflict } from './version-conflict.js';
import { StoreEntity } from '../model/store.entity.js';
import type { Store } from '../model/store.js';

function toStore(entity: StoreEntity): Store {
  return {
    id: entity.id,
    code: entity.code,
    name: entity.name,
    currencies: JSON.parse(entity.currenciesJson) as string[],
    locales: JSON.parse(entity.localesJson) as string[],
    defaultCurrency: entity.defaultCurrency,
    defaultLocale: entity.defaultLocale,
    version: entity.version,
    createdAt: entity.createdAt,
    updatedAt: entity.updatedAt,
  };
}

function toColumns(store: Store) {
  return {
    name: store.name,
    defaultCurrency: store.defaultCurrency,
    defaultLocale: store.defaultLocale,
    currenciesJson: JSON.stringify(store.currencies),
    localesJson: JSON.stringify(store.locales),
    updatedAt: store.updatedAt,
  };
}

/** The write model of stores. */
@Injectable()
export class StoreRepository {
  async findByCode(tx: Transaction, code: string): Promise<Store | undefined> {
    const entity = await tx.manager.findOneBy(StoreEntity, { code });
    return entity === null ? undefined : toStore(entity);
  }

  async findById(tx: Transaction, id: string): Promise<Store | undefined> {
    const entity = await tx.manager.findOneBy(StoreEntity, { id });
    return entity === null ? undefined : toStore(entity);
  }

  /** Throws `catalog.store-not-found`. */
  async getByCode(tx: Transaction, code: string): Promise<Store> {
    const store = await this.findByCode(tx, code);
    if (store === undefined) throw catalogErrors.storeNotFound({ details: { store: code } });
    return store;
  }

  async insert(tx: Transaction, store: Store): Promise<void> {
    await tx.manager.insert(StoreEntity, {
      id: store.id,
      code: store.code,
      version: store.version,
      createdAt: store.createdAt,
      ...toColumns(store),
    });
  }

  /** Stores what changed, provided nobody did since `store` was loaded. Returns the new version. */
  async save(tx: Transaction, store: Store): Promise<Store> {
    const result = await tx.manager
      .createQueryBuilder()
      .update(StoreEntity)
      .set(toColumns(store))
      .where({ id: store.id, version: store.version })
      .updateEntity(false)
      .execute();
    if (result.affected !== 1) throw await versionConflict(tx, 'store', store.id);
    return { ...store, version: store.version + 1 };
  }

  async remove(tx: Transaction, store: Store): Promise<void> {
    const result = await tx.manager.delete(StoreEntity, { id: store.id, version: store.version });
    if (result.affected !== 1) throw await versionConflict(tx, 'store', store.id);
  }
}
