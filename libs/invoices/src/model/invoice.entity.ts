import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';
import type { InvoiceKind } from './invoice.js';

/** Nothing of a row is ever changed or removed. */
@Entity('invoice')
export class InvoiceEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 36 })
  storeId!: string;

  @Column('varchar', { length: 36 })
  orderId!: string;

  /** What it bills, once: the order, or a balance of it; of a credit note the refund. */
  @Column('varchar', { length: 36 })
  subjectId!: string;

  @Column('varchar', { length: 20 })
  kind!: InvoiceKind;

  @Column('varchar', { length: 40 })
  number!: string;

  @Column('varchar', { length: 3 })
  currency!: string;

  @Column(integerColumn)
  totalMinor!: number;

  @Column('text')
  contentJson!: string;

  @Column(integerColumn)
  issuedAt!: number;
}
