import { Injectable } from '@nestjs/common';
import {
  DatabaseClock,
  isUniqueViolation,
  PrimaryReader,
  sql,
  UnitOfWork,
  type Transaction,
  type RowOf,
} from '#libs/database';
import { currentContext } from '#libs/kernel';
import { scalingErrors } from '../../model/scaling.errors.js';
import { scalingTags } from '../../model/scaling.tags.js';
import { RuntimeSettingsLookup } from '../../model/settings/runtime-settings-lookup.js';
import { isSettingName, type RuntimeSettings } from '../../model/settings/runtime-settings.js';
import type { RuntimeSettingEntity } from '../../model/records/runtime-setting.entity.js';

/** Switches parts of the shop off and on, on every replica within milliseconds. */
@Injectable()
export class RuntimeSettingEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: PrimaryReader,
    private readonly settings: RuntimeSettingsLookup,
    private readonly clock: DatabaseClock,
  ) {}

  get(): Promise<RuntimeSettings> {
    return this.settings.get(this.reader);
  }

  /** Throws `scaling.setting-not-found`. */
  async set(name: string, isOn: boolean): Promise<RuntimeSettings> {
    if (!isSettingName(name)) throw scalingErrors.settingNotFound({ details: { name } });
    const change = () =>
      this.unitOfWork.run(async (tx) => {
        await this.switch(tx, name, isOn, currentContext()?.actor?.name ?? 'staff');
        return this.settings.get(tx);
      });
    try {
      return await change();
    } catch (error) {
      // Another one has switched it for the first time meanwhile.
      if (!isUniqueViolation(this.unitOfWork.dialect, error)) throw error;
      return change();
    }
  }

  /** Within a unit of work; what is as wanted stays untouched. `by` is who, or the rule that, wants it. */
  async switch(tx: Transaction, name: string, isOn: boolean, by: string): Promise<void> {
    const [row] = await tx.query<RowOf<RuntimeSettingEntity, 'is_on'>>(
      sql`
        SELECT is_on
        FROM runtime_setting
        WHERE name = ${name}`,
    );
    const wasOn = row === undefined || row.is_on !== 0;
    if (wasOn === isOn) return;
    const columns = { is_on: Number(isOn), changed_by: by, changed_at: this.clock.wallMs() };
    await tx.execute(
      row === undefined
        ? sql.insert('runtime_setting', [{ name, ...columns }])
        : sql`
          UPDATE runtime_setting
          SET is_on = ${columns.is_on}, changed_by = ${by}, changed_at = ${columns.changed_at}
          WHERE name = ${name}`,
    );
    tx.invalidate(scalingTags.settings());
    tx.audit({
      action: 'scaling:setting:update',
      entity: 'runtime-setting',
      entityId: name,
      before: { isOn: wasOn },
      after: { isOn, by },
    });
  }
}
