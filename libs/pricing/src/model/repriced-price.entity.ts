import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** A price that a repricing has written, or left alone for a reason. */
@Entity('repriced_price')
export class RepricedPriceEntity {
  @PrimaryColumn('varchar', { length: 36 })
  repricingId!: string;

  @PrimaryColumn('varchar', { length: 36 })
  productId!: string;

  @PrimaryColumn('varchar', { length: 36 })
  variantId!: string;

  @Column('varchar', { length: 20 })
  outcome!: string;

  /** What stood there; null: nothing. */
  @Column({ ...integerColumn, nullable: true })
  beforeMinor!: number | null;

  @Column({ ...integerColumn, nullable: true })
  beforeCompareAtMinor!: number | null;

  /** null: the price was left alone. */
  @Column({ ...integerColumn, nullable: true })
  afterMinor!: number | null;

  @Column({ ...integerColumn, nullable: true })
  afterCompareAtMinor!: number | null;

  /** Of the price from then on; 0: there is none. */
  @Column(integerColumn)
  version!: number;
}
