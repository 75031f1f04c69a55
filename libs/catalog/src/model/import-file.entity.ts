import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** An uploaded file of products and how far its import has come. */
@Entity('import_file')
export class ImportFileEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { name: 'store_id', length: 36 })
  storeId!: string;

  @Column('nvarchar', { name: 'file_name', length: 255 })
  fileName!: string;

  @Column({ ...integerColumn, name: 'size_bytes' })
  sizeBytes!: number;

  @Column('varchar', { length: 64 })
  sha256!: string;

  @Column('varchar', { length: 3 })
  currency!: string;

  @Column('varchar', { length: 20 })
  locale!: string;

  @Column('smallint', { name: 'is_dry_run' })
  isDryRun!: number;

  @Column('varchar', { name: 'job_id', length: 36, nullable: true })
  jobId!: string | null;

  @Column('varchar', { name: 'created_by', length: 36, nullable: true })
  createdBy!: string | null;

  @Column({ ...integerColumn, name: 'created_at' })
  createdAt!: number;

  @Column({ ...integerColumn, name: 'next_ordinal' })
  nextOrdinal!: number;

  @Column({ ...integerColumn, name: 'created_count' })
  createdCount!: number;

  @Column({ ...integerColumn, name: 'updated_count' })
  updatedCount!: number;

  @Column({ ...integerColumn, name: 'unchanged_count' })
  unchangedCount!: number;

  @Column({ ...integerColumn, name: 'rejected_count' })
  rejectedCount!: number;

  @Column({ ...integerColumn, name: 'issue_count' })
  issueCount!: number;
}
