import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { integerColumn } from '#libs/database';
import type { SettingsKind } from './store-settings.js';

@Entity('store_settings')
export class StoreSettingsEntity {
  @PrimaryColumn('varchar', { length: 36 })
  storeId!: string;

  @PrimaryColumn('varchar', { length: 20 })
  kind!: SettingsKind;

  @Column('text')
  contentJson!: string;

  @VersionColumn(integerColumn)
  version!: number;

  @Column(integerColumn)
  updatedAt!: number;
}
