import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** `order`: an order was placed on account. `release`: its invoice was paid, or is owed no more. `staff`: written by hand. */
export type CreditKind = 'order' | 'release' | 'staff';

/** One movement of a credit account; never changed, never removed. */
@Entity('credit_entry')
export class CreditEntryEntity {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('varchar', { length: 36 })
  customerId!: string;

  @Column('varchar', { length: 3 })
  currency!: string;

  /** What was added, or minus what was taken. */
  @Column(integerColumn)
  amountMinor!: number;

  /** What the account comes to with it. */
  @Column(integerColumn)
  balanceMinor!: number;

  @Column('varchar', { length: 40 })
  kind!: CreditKind;

  /** What it is for, such as an order; once for each kind. */
  @Column('varchar', { length: 200 })
  reference!: string;

  @Column('nvarchar', { length: 200, nullable: true })
  actor!: string | null;

  @Column('nvarchar', { length: 500, nullable: true })
  note!: string | null;

  @Column(integerColumn)
  recordedAt!: number;
}
