import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** A file with what is known of a customer, wanted or finished. */
@Entity('personal_export')
export class PersonalExportEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 36 })
  customerId!: string;

  @Column('varchar', { length: 36 })
  jobId!: string;

  @Column('varchar', { length: 36, nullable: true })
  requestedBy!: string | null;

  @Column(integerColumn)
  chunkCount!: number;

  @Column(integerColumn)
  sizeBytes!: number;

  @Column(integerColumn)
  createdAt!: number;

  @Column({ ...integerColumn, nullable: true })
  finishedAt!: number | null;

  @Column(integerColumn)
  expiresAt!: number;
}
