import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** What of a variant is at a location; the sum of its ledger is what is on hand. */
@Entity('stock_item')
export class StockItemEntity {
  @PrimaryColumn('varchar', { length: 36 })
  variantId!: string;

  @PrimaryColumn('varchar', { length: 36 })
  locationId!: string;

  /** Whose variant it is; a variant never changes its product. */
  @Column('varchar', { length: 36 })
  productId!: string;

  @Column(integerColumn)
  onHand!: number;

  @Column(integerColumn)
  reserved!: number;

  @Column('smallint')
  isTracked!: number;

  @Column('smallint')
  allowsBackorder!: number;

  /** Counts up by the statement that changes the item. */
  @Column(integerColumn)
  version!: number;
}
