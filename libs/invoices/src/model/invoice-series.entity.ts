import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** The number that was taken last, of each store by what its numbers begin with. */
@Entity('invoice_series')
export class InvoiceSeriesEntity {
  @PrimaryColumn('varchar', { length: 36 })
  storeId!: string;

  /** Prefix and year, such as `INV-2026`. */
  @PrimaryColumn('varchar', { length: 20 })
  series!: string;

  @Column(integerColumn)
  lastNumber!: number;
}
