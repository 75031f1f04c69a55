import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';
import type { PromotionState } from './promotion.js';

@Entity('promotion')
export class PromotionEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 36 })
  storeId!: string;

  @Column('nvarchar', { length: 200 })
  name!: string;

  @Column('varchar', { length: 20 })
  state!: PromotionState;

  @Column(integerColumn)
  priority!: number;

  @Column('smallint')
  isExclusive!: number;

  @Column('smallint')
  needsCoupon!: number;

  @Column('varchar', { length: 3, nullable: true })
  currency!: string | null;

  @Column({ ...integerColumn, nullable: true })
  validFrom!: number | null;

  @Column({ ...integerColumn, nullable: true })
  validUntil!: number | null;

  @Column('text')
  conditionsJson!: string;

  @Column('text')
  rewardJson!: string;

  @Column({ ...integerColumn, nullable: true })
  useLimit!: number | null;

  @Column({ ...integerColumn, nullable: true })
  customerUseLimit!: number | null;

  @Column(integerColumn)
  version!: number;

  @Column(integerColumn)
  createdAt!: number;

  @Column(integerColumn)
  updatedAt!: number;
}
