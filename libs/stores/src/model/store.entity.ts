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

  @Column('varchar', { length: 3 })
  defaultCurrency!: string;

  @Column('varchar', { length: 20 })
  defaultLocale!: string;

  @Column('text')
  currenciesJson!: string;

  @Column('text')
  localesJson!: string;

  @VersionColumn(integerColumn)
  version!: number;

  @Column(integerColumn)
  createdAt!: number;

  @Column(integerColumn)
  updatedAt!: number;
}
