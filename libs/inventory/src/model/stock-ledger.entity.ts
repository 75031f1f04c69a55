import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** A change of what is on hand, and why. Rows are only ever added. */
@Entity('stock_ledger')
export class StockLedgerEntity {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('varchar', { length: 36 })
  variantId!: string;

  @Column('varchar', { length: 36 })
  locationId!: string;

  /** What came in, or minus what went out. */
  @Column(integerColumn)
  quantity!: number;

  /** One of `ledgerReasons`. */
  @Column('varchar', { length: 40 })
  reason!: string;

  /** A delivery note or the like, as staff gave it. */
  @Column('nvarchar', { length: 200, nullable: true })
  reference!: string | null;

  @Column(integerColumn)
  recordedAt!: number;
}
