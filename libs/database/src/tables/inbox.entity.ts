import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '../schema/integer-column.js';

/** A step that a job has done: it is not done again when the job is delivered twice. */
@Entity('inbox')
export class InboxEntity {
  @PrimaryColumn('varchar', { length: 36 })
  jobId!: string;

  @PrimaryColumn('varchar', { length: 100 })
  step!: string;

  @Column(integerColumn)
  doneAt!: number;
}
