import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** `ignored`: it told nothing new; `unknown`: it belongs to no payment of this installation. */
export type PaymentEventOutcome = 'applied' | 'ignored' | 'refused' | 'unknown';

/** The inbox: each message of a provider, by its id. What it says about people is not kept. */
@Entity('payment_event')
export class PaymentEventEntity {
  @PrimaryColumn('varchar', { length: 20 })
  method!: string;

  @PrimaryColumn('varchar', { length: 255 })
  eventId!: string;

  @Column('varchar', { length: 100 })
  type!: string;

  @Column('varchar', { length: 36, nullable: true })
  paymentId!: string | null;

  @Column('varchar', { length: 20 })
  outcome!: PaymentEventOutcome;

  /** By the provider's clock. */
  @Column(integerColumn)
  occurredAt!: number;

  @Column(integerColumn)
  receivedAt!: number;
}
