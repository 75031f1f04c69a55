import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

@Entity('shipment_line')
export class ShipmentLineEntity {
  @PrimaryColumn('varchar', { name: 'shipment_id', length: 36 })
  shipmentId!: string;

  @PrimaryColumn({ ...integerColumn, name: 'line_number' })
  lineNumber!: number;

  @Column({ ...integerColumn })
  quantity!: number;
}
