import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** What one piece of a variant costs in a list, from a quantity on. */
@Entity('price')
export class PriceEntity {
  @PrimaryColumn('varchar', { length: 36 })
  listId!: string;

  @PrimaryColumn('varchar', { length: 36 })
  variantId!: string;

  /** 1: from the first piece on. */
  @PrimaryColumn(integerColumn)
  minQuantity!: number;

  /** Whose variant it is; a variant never changes its product. */
  @Column('varchar', { length: 36 })
  productId!: string;

  @Column(integerColumn)
  amountMinor!: number;

  @Column({ ...integerColumn, nullable: true })
  compareAtMinor!: number | null;

  /** Counts up by the statement that changes the price. */
  @Column(integerColumn)
  version!: number;
}
