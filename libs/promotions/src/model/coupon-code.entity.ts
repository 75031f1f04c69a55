import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

@Entity('coupon_code')
export class CouponCodeEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 36 })
  storeId!: string;

  @Column('varchar', { length: 36 })
  promotionId!: string;

  /** null: it was made by itself. */
  @Column('varchar', { length: 36, nullable: true })
  batchId!: string | null;

  /** As `normalisedCode` makes it; unique in the store. */
  @Column('varchar', { length: 40 })
  code!: string;

  @Column({ ...integerColumn, nullable: true })
  useLimit!: number | null;

  /** Counted only when there is a limit. */
  @Column(integerColumn)
  uses!: number;

  @Column(integerColumn)
  createdAt!: number;
}
