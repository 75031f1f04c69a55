import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** Coupons that were made together. */
@Entity('coupon_batch')
export class CouponBatchEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 36 })
  promotionId!: string;

  @Column('nvarchar', { length: 200 })
  name!: string;

  @Column('varchar', { length: 20 })
  prefix!: string;

  /** How many were made; some may be gone by now. */
  @Column(integerColumn)
  codeCount!: number;

  /** Of each code. */
  @Column({ ...integerColumn, nullable: true })
  useLimit!: number | null;

  @Column(integerColumn)
  createdAt!: number;
}
