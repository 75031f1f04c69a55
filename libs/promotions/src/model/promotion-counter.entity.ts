import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** How often a promotion with a limit was used; one without has no row. */
@Entity('promotion_counter')
export class PromotionCounterEntity {
  @PrimaryColumn('varchar', { length: 36 })
  promotionId!: string;

  @Column(integerColumn)
  uses!: number;
}
