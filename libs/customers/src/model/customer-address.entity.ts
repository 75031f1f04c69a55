import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** An address of the book of a customer. */
@Entity('customer_address')
export class CustomerAddressEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 36 })
  customerId!: string;

  @Column('text')
  addressJson!: string;

  @Column('smallint')
  isDefaultShipping!: number;

  @Column('smallint')
  isDefaultBilling!: number;

  @Column(integerColumn)
  version!: number;

  @Column(integerColumn)
  createdAt!: number;

  @Column(integerColumn)
  updatedAt!: number;
}
