import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** A sign-in; the token is kept as SHA-256. */
@Entity('staff_session')
export class StaffSessionEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 36 })
  userId!: string;

  @Column('varchar', { length: 64 })
  tokenSha256!: string;

  @Column(integerColumn)
  createdAt!: number;

  @Column(integerColumn)
  expiresAt!: number;

  @Column({ ...integerColumn, nullable: true })
  revokedAt!: number | null;
}
