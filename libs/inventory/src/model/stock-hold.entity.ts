import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** What is kept of a stock item for one holder, for a while; the sum of an item is what is reserved of it. */
@Entity('stock_hold')
export class StockHoldEntity {
  /** A cart, or an order that was accepted before its stock is taken. */
  @PrimaryColumn('varchar', { length: 36 })
  holderId!: string;

  @PrimaryColumn('varchar', { length: 36 })
  variantId!: string;

  @PrimaryColumn('varchar', { length: 36 })
  locationId!: string;

  @Column(integerColumn)
  quantity!: number;

  /** By the clock of the database. Past it the hold still counts, until it is released. */
  @Column(integerColumn)
  expiresAt!: number;
}
