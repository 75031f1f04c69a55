import { Injectable } from '@nestjs/common';
import { isUniqueViolation, UnitOfWork, type Transaction } from '#libs/database';
import { staleVersion, systemClock } from '#libs/kernel';
import { StoreLookup } from '../model/store-lookup.js';
import { storesErrors } from '../model/stores.errors.js';
import { storesTags } from '../model/stores.tags.js';
import { settingsMisfits } from '../model/settings/settings-fit.js';
import { StoreSettingsEntity } from '../model/settings/store-settings.entity.js';
import { StoreSettingsLookup } from '../model/settings/store-settings-lookup.js';
import {
  settingsBreaches,
  type SettingsKind,
  type StoredSettings,
  type StoreSettings,
} from '../model/settings/store-settings.js';

/** What stores are told, as the back office changes it: whole documents, based on a version, audited. */
@Injectable()
export class StoreSettingsEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly stores: StoreLookup,
    private readonly settings: StoreSettingsLookup,
  ) {}

  /** Throws `catalog.store-not-found`, `stores.settings-invalid`, `http.stale-version`. */
  replace<Kind extends SettingsKind>(
    storeCode: string,
    kind: Kind,
    version: number,
    content: StoreSettings[Kind],
  ): Promise<StoredSettings<Kind>> {
    assertRules(kind, content);
    return this.change(storeCode, kind, version, () => content);
  }

  /** The same with what the document becomes; `change` is pure. */
  async change<Kind extends SettingsKind>(
    storeCode: string,
    kind: Kind,
    version: number,
    change: (before: StoreSettings[Kind]) => StoreSettings[Kind],
  ): Promise<StoredSettings<Kind>> {
    try {
      return await this.unitOfWork.run(async (tx) => {
        const store = await this.stores.getByCode(tx, storeCode);
        const before = await this.settings.get(tx, store.id, kind);
        if (before.version !== version) throw staleVersion(before.version);
        const content = change(before.content);
        assertRules(kind, content);
        if (kind === 'tax' || kind === 'sales') {
          await this.assertFit(tx, store.id, kind, { [kind]: content });
        }
        await this.write(tx, store.id, kind, { content, version });
        tx.invalidate(storesTags.settings(storeCode, kind));
        tx.audit({
          action: `stores:${kind}-settings:update`,
          entity: 'store',
          entityId: store.id,
          before: before.content,
          after: content,
        });
        return { content, version: version + 1 };
      });
    } catch (error) {
      // Both found no row; one has written the first version.
      if (isUniqueViolation(this.unitOfWork.dialect, error)) throw staleVersion(1);
      throw error;
    }
  }

  /** What was stored in the meantime by another unit of work is not seen; carts then tax as by default. */
  private async assertFit(
    tx: Transaction,
    storeId: string,
    changed: 'tax' | 'sales',
    stated: Partial<StoreSettings>,
  ): Promise<void> {
    const tax = stated.tax ?? (await this.settings.get(tx, storeId, 'tax')).content;
    const sales = stated.sales ?? (await this.settings.get(tx, storeId, 'sales')).content;
    const errors = settingsMisfits({ changed, tax, sales });
    if (errors.length > 0) throw storesErrors.settingsInvalid({ details: { errors } });
  }

  private async write<Kind extends SettingsKind>(
    tx: Transaction,
    storeId: string,
    kind: Kind,
    { content, version }: StoredSettings<Kind>,
  ): Promise<void> {
    const columns = { contentJson: JSON.stringify(content), updatedAt: systemClock.wallMs() };
    if (version === 0) {
      await tx.manager.insert(StoreSettingsEntity, { storeId, kind, version: 1, ...columns });
      return;
    }
    const { affected } = await tx.manager
      .createQueryBuilder()
      .update(StoreSettingsEntity)
      .set(columns)
      .where({ storeId, kind, version })
      .updateEntity(false)
      .execute();
    if (affected !== 1) throw staleVersion(version + 1);
  }
}

function assertRules<Kind extends SettingsKind>(kind: Kind, content: StoreSettings[Kind]): void {
  const errors = settingsBreaches[kind](content);
  if (errors.length > 0) throw storesErrors.settingsInvalid({ details: { errors } });
}
