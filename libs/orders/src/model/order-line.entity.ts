import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

@Entity('sales_order_line')
export class OrderLineEntity {
  @PrimaryColumn('varchar', { name: 'order_id', length: 36 })
  orderId!: string;

  @PrimaryColumn({ ...integerColumn, name: 'line_number' })
  lineNumber!: number;

  @Column('varchar', { name: 'product_id', length: 36 })
  productId!: string;

  @Column('varchar', { name: 'variant_id', length: 36 })
  variantId!: string;

  @Column('varchar', { length: 200, nullable: true })
  sku!: string | null;

  @Column('nvarchar', { length: 500 })
  name!: string;

  @Column('text', { name: 'option_values_json' })
  optionValuesJson!: string;

  @Column({ ...integerColumn })
  quantity!: number;

  /** `shipped + cancelled <= quantity` and `returned <= shipped`, held by the statements that raise them. */
  @Column({ ...integerColumn, name: 'shipped_quantity', default: 0 })
  shippedQuantity!: number;

  @Column({ ...integerColumn, name: 'cancelled_quantity', default: 0 })
  cancelledQuantity!: number;

  @Column({ ...integerColumn, name: 'returned_quantity', default: 0 })
  returnedQuantity!: number;

  @Column('smallint', { name: 'is_stock_taken' })
  isStockTaken!: number;

  @Column({ ...integerColumn, name: 'unit_price_minor' })
  unitPriceMinor!: number;

  @Column({ ...integerColumn, name: 'subtotal_minor' })
  subtotalMinor!: number;

  @Column({ ...integerColumn, name: 'discount_minor' })
  discountMinor!: number;

  @Column({ ...integerColumn, name: 'tax_minor' })
  taxMinor!: number;

  @Column({ ...integerColumn, name: 'total_minor' })
  totalMinor!: number;

  @Column('text', { name: 'discounts_json' })
  discountsJson!: string;

  @Column('text', { name: 'taxes_json' })
  taxesJson!: string;
}
