import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { integerColumn } from '../schema/integer-column.js';

/** What a unit of work has voided, in the order of the commits. */
@Entity('invalidation_log')
export class InvalidationLogEntity {
  @PrimaryGeneratedColumn()
  position!: number;

  @Column('text')
  tagsJson!: string;

  @Column('varchar', { length: 100 })
  origin!: string;

  @Column(integerColumn)
  committedAt!: number;
}
