import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '../schema/integer-column.js';

/** When a job is due next. */
@Entity('schedule')
export class ScheduleEntity {
  @PrimaryColumn('varchar', { length: 100 })
  name!: string;

  @Column('varchar', { length: 100 })
  cron!: string;

  @Column('smallint')
  enabled!: number;

  @Column(integerColumn)
  nextAt!: number;

  @Column({ ...integerColumn, nullable: true })
  lastAt!: number | null;

  @Column('varchar', { length: 36, nullable: true })
  lastJobId!: string | null;
}
