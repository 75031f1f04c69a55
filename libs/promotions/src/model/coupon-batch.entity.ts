import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** Coupons that were made together. */
@Entity('coupon_batch')
export class CouponBatchEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { name: 'promotion_id', length: 36 })
  promotionId!: string;

  @Column('nvarchar', { length: 200 })
  name!: string;

  @Column('varchar', { length: 20 })
  prefix!: string;

  /** How many were made; some may be gone by now. */
  @Column({ ...integerColumn, name: 'code_count' })
  codeCount!: number;

  /** Of each code. */
  @Column({ ...integerColumn, name: 'use_limit', nullable: true })
  useLimit!: number | null;

  @Column({ ...integerColumn, name: 'created_at' })
  createdAt!: number;
}
