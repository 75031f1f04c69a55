import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';
import type { OrderTransition } from './order.js';

/** What happened to an order, who did it and why. Rows are only ever added. */
@Entity('order_transition')
export class OrderTransitionEntity {
  @PrimaryColumn('varchar', { length: 36 })
  orderId!: string;

  @PrimaryColumn(integerColumn)
  sequence!: number;

  @Column('varchar', { length: 40 })
  action!: OrderTransition['action'];

  @Column('nvarchar', { length: 200, nullable: true })
  actor!: string | null;

  @Column('nvarchar', { length: 500, nullable: true })
  reason!: string | null;

  @Column(integerColumn)
  occurredAt!: number;
}
