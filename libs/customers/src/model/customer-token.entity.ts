import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** What a mail gives a customer to prove that the mailbox is theirs; kept as SHA-256. */
@Entity('customer_token')
export class CustomerTokenEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { name: 'customer_id', length: 36 })
  customerId!: string;

  @Column('varchar', { length: 20 })
  kind!: string;

  @Column('varchar', { name: 'token_sha256', length: 64 })
  tokenSha256!: string;

  @Column({ ...integerColumn, name: 'expires_at' })
  expiresAt!: number;

  @Column({ ...integerColumn, name: 'created_at' })
  createdAt!: number;
}
