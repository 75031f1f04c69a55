import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** An order used a promotion; the row goes when the order is cancelled. */
@Entity('promotion_use')
export class PromotionUseEntity {
  @PrimaryColumn('varchar', { length: 36 })
  orderId!: string;

  @PrimaryColumn('varchar', { length: 36 })
  promotionId!: string;

  /** As `customerKeyOf` makes it. */
  @Column('varchar', { length: 80 })
  customerKey!: string;

  @Column('varchar', { length: 36, nullable: true })
  couponId!: string | null;

  @Column(integerColumn)
  usedAt!: number;
}
