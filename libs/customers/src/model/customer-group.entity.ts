import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** Customers who are treated alike: prices and promotions name the group by its code. */
@Entity('customer_group')
export class CustomerGroupEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 36 })
  storeId!: string;

  @Column('varchar', { length: 60 })
  code!: string;

  @Column('nvarchar', { length: 200 })
  name!: string;

  @Column(integerColumn)
  version!: number;

  @Column(integerColumn)
  createdAt!: number;

  @Column(integerColumn)
  updatedAt!: number;
}
