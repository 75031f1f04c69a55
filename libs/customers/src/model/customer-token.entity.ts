import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** What a mail gives a customer to prove that the mailbox is theirs; kept as SHA-256. */
@Entity('customer_token')
export class CustomerTokenEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 36 })
  customerId!: string;

  @Column('varchar', { length: 20 })
  kind!: string;

  @Column('varchar', { length: 64 })
  tokenSha256!: string;

  @Column(integerColumn)
  expiresAt!: number;

  @Column(integerColumn)
  createdAt!: number;
}
