import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** A piece of an uploaded file. */
@Entity('import_chunk')
export class ImportChunkEntity {
  @PrimaryColumn('varchar', { length: 36 })
  importId!: string;

  @PrimaryColumn(integerColumn)
  sequence!: number;

  @Column()
  content!: Buffer;
}
