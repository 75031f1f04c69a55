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

  @Column('varchar', { length: 64 })
  secretSha256!: string;

  @Column('text')
  permissionsJson!: string;

  @Column('varchar', { length: 36, nullable: true })
  createdBy!: string | null;

  @Column(integerColumn)
  createdAt!: number;

  @Column({ ...integerColumn, nullable: true })
  expiresAt!: number | null;

  @Column({ ...integerColumn, nullable: true })
  revokedAt!: number | null;

  @Column({ ...integerColumn, nullable: true })
  lastUsedAt!: number | null;
}
