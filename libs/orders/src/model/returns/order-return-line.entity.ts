import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

@Entity('order_return_line')
export class OrderReturnLineEntity {
  @PrimaryColumn('varchar', { length: 36 })
  returnId!: string;

  @PrimaryColumn(integerColumn)
  lineNumber!: number;

  @Column(integerColumn)
  quantity!: number;

  @Column(integerColumn)
  receivedQuantity!: number;

  @Column(integerColumn)
  restockedQuantity!: number;
}
