import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** A piece of a file with what is known of a customer. */
@Entity('personal_export_chunk')
export class PersonalExportChunkEntity {
  @PrimaryColumn('varchar', { length: 36 })
  exportId!: string;

  @PrimaryColumn(integerColumn)
  sequence!: number;

  @Column()
  content!: Buffer;
}
