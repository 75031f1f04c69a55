import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { integerColumn } from '#libs/database';
import type { SettingsKind } from './store-settings.js';

@Entity('store_settings')
export class StoreSettingsEntity {
  @PrimaryColumn('varchar', { name: 'store_id', length: 36 })
  storeId!: string;

  @PrimaryColumn('varchar', { length: 20 })
  kind!: SettingsKind;

  @Column('text', { name: 'content_json' })
  contentJson!: string;

  @VersionColumn(integerColumn)
  version!: number;

  @Column({ ...integerColumn, name: 'updated_at' })
  updatedAt!: number;
}
