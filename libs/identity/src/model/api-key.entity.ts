import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** A key for programs; the secret is kept as SHA-256. */
@Entity('api_key')
export class ApiKeyEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('nvarchar', { length: 200 })
  name!: string;

  @Column('varchar', { length: 20 })
  prefix!: string;

  @Column('varchar', { name: 'secret_sha256', length: 64 })
  secretSha256!: string;

  @Column('text', { name: 'permissions_json' })
  permissionsJson!: string;

  @Column('varchar', { name: 'created_by', length: 36, nullable: true })
  createdBy!: string | null;

  @Column({ ...integerColumn, name: 'created_at' })
  createdAt!: number;

  @Column({ ...integerColumn, name: 'expires_at', nullable: true })
  expiresAt!: number | null;

  @Column({ ...integerColumn, name: 'revoked_at', nullable: true })
  revokedAt!: number | null;

  @Column({ ...integerColumn, name: 'last_used_at', nullable: true })
  lastUsedAt!: number | null;
}
