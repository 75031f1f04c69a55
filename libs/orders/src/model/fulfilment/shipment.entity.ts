import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

@Entity('shipment')
export class ShipmentEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 36 })
  orderId!: string;

  @Column(integerColumn)
  sequence!: number;

  @Column('nvarchar', { length: 100, nullable: true })
  carrier!: string | null;

  @Column('nvarchar', { length: 100, nullable: true })
  trackingNumber!: string | null;

  @Column('nvarchar', { length: 500, nullable: true })
  trackingUrl!: string | null;

  @Column(integerColumn)
  createdAt!: number;
}
