import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** A sign-in of a customer; the token is kept as SHA-256. */
@Entity('shopper_session')
export class ShopperSessionEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 36 })
  customerId!: string;

  @Column('varchar', { length: 64 })
  tokenSha256!: string;

  @Column('nvarchar', { length: 200, nullable: true })
  device!: string | null;

  @Column(integerColumn)
  createdAt!: number;

  @Column(integerColumn)
  expiresAt!: number;

  @Column({ ...integerColumn, nullable: true })
  revokedAt!: number | null;
}
