import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** An order used a promotion; the row goes when the order is cancelled. */
@Entity('promotion_use')
export class PromotionUseEntity {
  @PrimaryColumn('varchar', { name: 'order_id', length: 36 })
  orderId!: string;

  @PrimaryColumn('varchar', { name: 'promotion_id', length: 36 })
  promotionId!: string;

  /** As `customerKeyOf` makes it. */
  @Column('varchar', { name: 'customer_key', length: 80 })
  customerKey!: string;

  @Column('varchar', { name: 'coupon_id', length: 36, nullable: true })
  couponId!: string | null;

  @Column({ ...integerColumn, name: 'used_at' })
  usedAt!: number;
}
