import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** A sign-in of a customer; the token is kept as SHA-256. */
@Entity('shopper_session')
export class ShopperSessionEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { name: 'customer_id', length: 36 })
  customerId!: string;

  @Column('varchar', { name: 'token_sha256', length: 64 })
  tokenSha256!: string;

  @Column('nvarchar', { length: 200, nullable: true })
  device!: string | null;

  @Column({ ...integerColumn, name: 'created_at' })
  createdAt!: number;

  @Column({ ...integerColumn, name: 'expires_at' })
  expiresAt!: number;

  @Column({ ...integerColumn, name: 'revoked_at', nullable: true })
  revokedAt!: number | null;
}
