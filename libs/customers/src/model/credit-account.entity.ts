import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** What a customer has with the store in a currency; the sum of its entries. */
@Entity('credit_account')
export class CreditAccountEntity {
  @PrimaryColumn('varchar', { length: 36 })
  customerId!: string;

  @PrimaryColumn('varchar', { length: 3 })
  currency!: string;

  @Column(integerColumn)
  balanceMinor!: number;

  @Column(integerColumn)
  limitMinor!: number;

  @Column(integerColumn)
  version!: number;

  @Column(integerColumn)
  updatedAt!: number;
}
