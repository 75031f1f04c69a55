import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** How often one customer used a promotion that has a limit for each. */
@Entity('promotion_customer_counter')
export class PromotionCustomerCounterEntity {
  @PrimaryColumn('varchar', { length: 36 })
  promotionId!: string;

  /** As `customerKeyOf` makes it. */
  @PrimaryColumn('varchar', { length: 80 })
  customerKey!: string;

  @Column(integerColumn)
  uses!: number;
}
