import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

@Entity('sales_order_line')
export class OrderLineEntity {
  @PrimaryColumn('varchar', { length: 36 })
  orderId!: string;

  @PrimaryColumn(integerColumn)
  lineNumber!: number;

  @Column('varchar', { length: 36 })
  productId!: string;

  @Column('varchar', { length: 36 })
  variantId!: string;

  @Column('varchar', { length: 200, nullable: true })
  sku!: string | null;

  @Column('nvarchar', { length: 500 })
  name!: string;

  @Column('text')
  optionValuesJson!: string;

  @Column(integerColumn)
  quantity!: number;

  /** `shipped + cancelled <= quantity` and `returned <= shipped`, held by the statements that raise them. */
  @Column({ ...integerColumn, default: 0 })
  shippedQuantity!: number;

  @Column({ ...integerColumn, default: 0 })
  cancelledQuantity!: number;

  @Column({ ...integerColumn, default: 0 })
  returnedQuantity!: number;

  @Column('smallint')
  isStockTaken!: number;

  /** From which locations; null: nothing was taken, or by a release that took from the main one only. */
  @Column('text', { nullable: true })
  takenFromJson!: string | null;

  /** There was too little of it when its stock was to be taken. */
  @Column('smallint', { default: 0 })
  isDelayed!: number;

  @Column(integerColumn)
  unitPriceMinor!: number;

  @Column(integerColumn)
  subtotalMinor!: number;

  @Column(integerColumn)
  discountMinor!: number;

  @Column(integerColumn)
  taxMinor!: number;

  @Column(integerColumn)
  totalMinor!: number;

  @Column('text')
  discountsJson!: string;

  @Column('text')
  taxesJson!: string;
}
