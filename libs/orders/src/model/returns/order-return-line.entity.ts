import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

@Entity('order_return_line')
export class OrderReturnLineEntity {
  @PrimaryColumn('varchar', { name: 'return_id', length: 36 })
  returnId!: string;

  @PrimaryColumn({ ...integerColumn, name: 'line_number' })
  lineNumber!: number;

  @Column({ ...integerColumn })
  quantity!: number;

  @Column({ ...integerColumn, name: 'received_quantity' })
  receivedQuantity!: number;

  @Column({ ...integerColumn, name: 'restocked_quantity' })
  restockedQuantity!: number;
}
