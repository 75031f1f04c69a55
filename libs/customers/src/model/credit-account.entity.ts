import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** What a customer has with the store in a currency; the sum of its entries. */
@Entity('credit_account')
export class CreditAccountEntity {
  @PrimaryColumn('varchar', { name: 'customer_id', length: 36 })
  customerId!: string;

  @PrimaryColumn('varchar', { length: 3 })
  currency!: string;

  @Column({ ...integerColumn, name: 'balance_minor' })
  balanceMinor!: number;

  @Column({ ...integerColumn, name: 'limit_minor' })
  limitMinor!: number;

  @Column({ ...integerColumn })
  version!: number;

  @Column({ ...integerColumn, name: 'updated_at' })
  updatedAt!: number;
}
