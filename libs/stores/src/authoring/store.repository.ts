import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import { type LockstepError, staleVersion } from '#libs/kernel';
import { StoreSettingsEntity } from '../model/settings/store-settings.entity.js';
import { StoreEntity } from '../model/store.entity.js';
import type { Store } from '../model/store.js';

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

/** Writes stores; `StoreLookup` finds them. */
@Injectable()
export class StoreRepository {
  async insert(tx: Transaction, store: Store): Promise<void> {
    await tx.manager.insert(StoreEntity, {
      id: store.id,
      code: store.code,
      version: store.version,
      createdAt: store.createdAt,
      ...toColumns(store),
    });
  }

  /** Stores what changed, provided that the version is still the one of `store`. Returns the new one. */
  async save(tx: Transaction, store: Store): Promise<Store> {
    const result = await tx.manager
      .createQueryBuilder()
      .update(StoreEntity)
      .set(toColumns(store))
      .where({ id: store.id, version: store.version })
      .updateEntity(false)
      .execute();
    if (result.affected !== 1) throw await conflict(tx, store);
    return { ...store, version: store.version + 1 };
  }

  /** With what it was told. */
  async remove(tx: Transaction, store: Store): Promise<void> {
    await tx.manager.delete(StoreSettingsEntity, { storeId: store.id });
    const result = await tx.manager.delete(StoreEntity, { id: store.id, version: store.version });
    if (result.affected !== 1) throw await conflict(tx, store);
  }
}

async function conflict(tx: Transaction, { id }: Store): Promise<LockstepError> {
  const entity = await tx.manager.findOneBy(StoreEntity, { id });
  return staleVersion(entity?.version ?? 0);
}
