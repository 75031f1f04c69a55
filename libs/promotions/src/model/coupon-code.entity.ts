import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

@Entity('coupon_code')
export class CouponCodeEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { name: 'store_id', length: 36 })
  storeId!: string;

  @Column('varchar', { name: 'promotion_id', length: 36 })
  promotionId!: string;

  /** null: it was made by itself. */
  @Column('varchar', { name: 'batch_id', length: 36, nullable: true })
  batchId!: string | null;

  /** As `normalisedCode` makes it; unique in the store. */
  @Column('varchar', { length: 40 })
  code!: string;

  @Column({ ...integerColumn, name: 'use_limit', nullable: true })
  useLimit!: number | null;

  /** Counted only when there is a limit. */
  @Column({ ...integerColumn })
  uses!: number;

  @Column({ ...integerColumn, name: 'created_at' })
  createdAt!: number;
}
