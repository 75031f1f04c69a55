import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** How often one customer used a promotion that has a limit for each. */
@Entity('promotion_customer_counter')
export class PromotionCustomerCounterEntity {
  @PrimaryColumn('varchar', { name: 'promotion_id', length: 36 })
  promotionId!: string;

  /** As `customerKeyOf` makes it. */
  @PrimaryColumn('varchar', { name: 'customer_key', length: 80 })
  customerKey!: string;

  @Column({ ...integerColumn })
  uses!: number;
}
