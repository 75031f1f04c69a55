import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';
import type { PromotionState } from './promotion.js';

@Entity('promotion')
export class PromotionEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { name: 'store_id', length: 36 })
  storeId!: string;

  @Column('nvarchar', { length: 200 })
  name!: string;

  @Column('varchar', { length: 20 })
  state!: PromotionState;

  @Column({ ...integerColumn })
  priority!: number;

  @Column('smallint', { name: 'is_exclusive' })
  isExclusive!: number;

  @Column('smallint', { name: 'needs_coupon' })
  needsCoupon!: number;

  @Column('varchar', { length: 3, nullable: true })
  currency!: string | null;

  @Column({ ...integerColumn, name: 'valid_from', nullable: true })
  validFrom!: number | null;

  @Column({ ...integerColumn, name: 'valid_until', nullable: true })
  validUntil!: number | null;

  @Column('text', { name: 'conditions_json' })
  conditionsJson!: string;

  @Column('text', { name: 'reward_json' })
  rewardJson!: string;

  @Column({ ...integerColumn, name: 'use_limit', nullable: true })
  useLimit!: number | null;

  @Column({ ...integerColumn, name: 'customer_use_limit', nullable: true })
  customerUseLimit!: number | null;

  @Column({ ...integerColumn })
  version!: number;

  @Column({ ...integerColumn, name: 'created_at' })
  createdAt!: number;

  @Column({ ...integerColumn, name: 'updated_at' })
  updatedAt!: number;
}
