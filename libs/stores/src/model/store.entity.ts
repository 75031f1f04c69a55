import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

@Entity('store')
export class StoreEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 60 })
  code!: string;

  @Column('nvarchar', { length: 200 })
  name!: string;

  @Column('varchar', { name: 'default_currency', length: 3 })
  defaultCurrency!: string;

  @Column('varchar', { name: 'default_locale', length: 20 })
  defaultLocale!: string;

  @Column('text', { name: 'currencies_json' })
  currenciesJson!: string;

  @Column('text', { name: 'locales_json' })
  localesJson!: string;

  @VersionColumn(integerColumn)
  version!: number;

  @Column({ ...integerColumn, name: 'created_at' })
  createdAt!: number;

  @Column({ ...integerColumn, name: 'updated_at' })
  updatedAt!: number;
}
