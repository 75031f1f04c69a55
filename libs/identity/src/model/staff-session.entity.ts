import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** A sign-in; the token is kept as SHA-256. */
@Entity('staff_session')
export class StaffSessionEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { name: 'user_id', length: 36 })
  userId!: string;

  @Column('varchar', { name: 'token_sha256', length: 64 })
  tokenSha256!: string;

  @Column({ ...integerColumn, name: 'created_at' })
  createdAt!: number;

  @Column({ ...integerColumn, name: 'expires_at' })
  expiresAt!: number;

  @Column({ ...integerColumn, name: 'revoked_at', nullable: true })
  revokedAt!: number | null;
}
