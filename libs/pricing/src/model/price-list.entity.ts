import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** Prices of a store in one currency, for a time and a group of customers. */
@Entity('price_list')
export class PriceListEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 36 })
  storeId!: string;

  /** Unique in the store. */
  @Column('varchar', { length: 60 })
  code!: string;

  /** null: a base list. */
  @Column('nvarchar', { length: 200, nullable: true })
  name!: string | null;

  /** What it makes of the base prices, as `RelativeRule` says; null: it has prices of its own. */
  @Column('text', { nullable: true })
  ruleJson!: string | null;

  @Column('varchar', { length: 3 })
  currency!: string;

  /** Unique in the store and currency; 0 is the base list, which has neither time nor group. */
  @Column(integerColumn)
  priority!: number;

  /** Epoch milliseconds; null: since ever. */
  @Column({ ...integerColumn, nullable: true })
  validFrom!: number | null;

  /** Epoch milliseconds, not included; null: for ever. */
  @Column({ ...integerColumn, nullable: true })
  validUntil!: number | null;

  /** null: for every customer. */
  @Column('varchar', { length: 60, nullable: true })
  customerGroup!: string | null;

  @VersionColumn(integerColumn)
  version!: number;

  @Column(integerColumn)
  createdAt!: number;

  @Column(integerColumn)
  updatedAt!: number;
}
