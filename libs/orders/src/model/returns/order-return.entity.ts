import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';
import type { ReturnState } from './order-return.js';

@Entity('order_return')
export class OrderReturnEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 36 })
  orderId!: string;

  @Column('varchar', { length: 20 })
  state!: ReturnState;

  @Column('nvarchar', { length: 200, nullable: true })
  requestedBy!: string | null;

  @Column('nvarchar', { length: 500, nullable: true })
  reason!: string | null;

  @Column(integerColumn)
  createdAt!: number;

  @Column(integerColumn)
  updatedAt!: number;
}
