import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** Somebody who buys at one store; the password is kept as argon2id. */
@Entity('customer')
export class CustomerEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { name: 'store_id', length: 36 })
  storeId!: string;

  @Column('varchar', { name: 'store_code', length: 60 })
  storeCode!: string;

  @Column('varchar', { length: 254 })
  email!: string;

  @Column('nvarchar', { length: 200 })
  name!: string;

  @Column('nvarchar', { length: 40, nullable: true })
  phone!: string | null;

  @Column('varchar', { length: 20 })
  locale!: string;

  @Column('varchar', { name: 'password_hash', length: 255 })
  passwordHash!: string;

  @Column('varchar', { name: 'group_id', length: 36, nullable: true })
  groupId!: string | null;

  @Column('smallint', { name: 'is_blocked' })
  isBlocked!: number;

  @Column({ ...integerColumn, name: 'verified_at', nullable: true })
  verifiedAt!: number | null;

  @Column({ ...integerColumn, name: 'erased_at', nullable: true })
  erasedAt!: number | null;

  @Column({ ...integerColumn })
  version!: number;

  @Column({ ...integerColumn, name: 'created_at' })
  createdAt!: number;

  @Column({ ...integerColumn, name: 'updated_at' })
  updatedAt!: number;
}
