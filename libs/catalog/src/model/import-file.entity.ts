import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** An uploaded file of products and how far its import has come. */
@Entity('import_file')
export class ImportFileEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 36 })
  storeId!: string;

  @Column('nvarchar', { length: 255 })
  fileName!: string;

  @Column(integerColumn)
  sizeBytes!: number;

  @Column('varchar', { length: 64 })
  sha256!: string;

  @Column('varchar', { length: 3 })
  currency!: string;

  @Column('varchar', { length: 20 })
  locale!: string;

  @Column('smallint')
  isDryRun!: number;

  @Column('varchar', { length: 36, nullable: true })
  jobId!: string | null;

  @Column('varchar', { length: 36, nullable: true })
  createdBy!: string | null;

  @Column(integerColumn)
  createdAt!: number;

  @Column(integerColumn)
  nextOrdinal!: number;

  @Column(integerColumn)
  createdCount!: number;

  @Column(integerColumn)
  updatedCount!: number;

  @Column(integerColumn)
  unchangedCount!: number;

  @Column(integerColumn)
  rejectedCount!: number;

  @Column(integerColumn)
  issueCount!: number;
}
