import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '../integer-column.js';

/** When a job is due next. */
@Entity('schedule')
export class ScheduleEntity {
  @PrimaryColumn('varchar', { length: 100 })
  name!: string;

  @Column('varchar', { length: 100 })
  cron!: string;

  @Column('smallint')
  enabled!: number;

  @Column({ ...integerColumn, name: 'next_at' })
  nextAt!: number;

  @Column({ ...integerColumn, name: 'last_at', nullable: true })
  lastAt!: number | null;

  @Column('varchar', { name: 'last_job_id', length: 36, nullable: true })
  lastJobId!: string | null;
}
