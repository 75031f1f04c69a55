import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** A person of the back office; the password is kept as argon2id. */
@Entity('staff_user')
export class StaffUserEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 254 })
  email!: string;

  @Column('nvarchar', { length: 200 })
  name!: string;

  @Column('varchar', { length: 255 })
  passwordHash!: string;

  @Column('smallint')
  isActive!: number;

  @Column(integerColumn)
  version!: number;

  @Column(integerColumn)
  createdAt!: number;

  @Column(integerColumn)
  updatedAt!: number;
}
