import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

@Entity('shipment_line')
export class ShipmentLineEntity {
  @PrimaryColumn('varchar', { length: 36 })
  shipmentId!: string;

  @PrimaryColumn(integerColumn)
  lineNumber!: number;

  @Column(integerColumn)
  quantity!: number;
}
