import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** An address of the book of a customer. */
@Entity('customer_address')
export class CustomerAddressEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { name: 'customer_id', length: 36 })
  customerId!: string;

  @Column('text', { name: 'address_json' })
  addressJson!: string;

  @Column('smallint', { name: 'is_default_shipping' })
  isDefaultShipping!: number;

  @Column('smallint', { name: 'is_default_billing' })
  isDefaultBilling!: number;

  @Column({ ...integerColumn })
  version!: number;

  @Column({ ...integerColumn, name: 'created_at' })
  createdAt!: number;

  @Column({ ...integerColumn, name: 'updated_at' })
  updatedAt!: number;
}
