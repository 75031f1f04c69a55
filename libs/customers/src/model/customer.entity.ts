import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** Somebody who buys at one store; the password is kept as argon2id. */
@Entity('customer')
export class CustomerEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 36 })
  storeId!: string;

  @Column('varchar', { length: 60 })
  storeCode!: string;

  @Column('varchar', { length: 254 })
  email!: string;

  @Column('nvarchar', { length: 200 })
  name!: string;

  @Column('nvarchar', { length: 40, nullable: true })
  phone!: string | null;

  @Column('varchar', { length: 20 })
  locale!: string;

  @Column('varchar', { length: 255 })
  passwordHash!: string;

  @Column('varchar', { length: 36, nullable: true })
  groupId!: string | null;

  @Column('smallint')
  isBlocked!: number;

  @Column({ ...integerColumn, nullable: true })
  verifiedAt!: number | null;

  @Column({ ...integerColumn, nullable: true })
  erasedAt!: number | null;

  @Column(integerColumn)
  version!: number;

  @Column(integerColumn)
  createdAt!: number;

  @Column(integerColumn)
  updatedAt!: number;
}
