import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '../schema/integer-column.js';

/** A job: put in by the unit of work that wants it, run by a worker. */
@Entity('job')
export class JobEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 100 })
  name!: string;

  @Column(integerColumn)
  version!: number;

  @Column('varchar', { length: 120 })
  queue!: string;

  @Column('text')
  payloadJson!: string;

  @Column('varchar', { length: 20 })
  state!: string;

  @Column(integerColumn)
  attempts!: number;

  @Column(integerColumn)
  maxAttempts!: number;

  @Column(integerColumn)
  runToken!: number;

  @Column('text', { nullable: true })
  progressJson!: string | null;

  @Column('text', { nullable: true })
  resultJson!: string | null;

  @Column('text', { nullable: true })
  errorJson!: string | null;

  @Column('varchar', { length: 200, nullable: true })
  dedupeKey!: string | null;

  @Column('varchar', { length: 36, nullable: true })
  requestedBy!: string | null;

  @Column('varchar', { length: 100, nullable: true })
  requestId!: string | null;

  @Column('varchar', { length: 100, nullable: true })
  traceparent!: string | null;

  @Column('smallint')
  cancelRequested!: number;

  @Column(integerColumn)
  availableAt!: number;

  @Column(integerColumn)
  createdAt!: number;

  /** Set when Redis may still keep something of an earlier dispatch. */
  @Column({ ...integerColumn, nullable: true })
  dispatchedAt!: number | null;

  @Column({ ...integerColumn, nullable: true })
  checkedAt!: number | null;

  @Column({ ...integerColumn, nullable: true })
  startedAt!: number | null;

  @Column({ ...integerColumn, nullable: true })
  finishedAt!: number | null;

  @Column('varchar', { length: 100, nullable: true })
  claimedBy!: string | null;

  @Column({ ...integerColumn, nullable: true })
  claimedUntil!: number | null;
}
