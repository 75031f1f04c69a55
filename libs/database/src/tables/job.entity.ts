import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '../integer-column.js';

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

  @Column('text', { name: 'payload_json' })
  payloadJson!: string;

  @Column('varchar', { length: 20 })
  state!: string;

  @Column(integerColumn)
  attempts!: number;

  @Column({ ...integerColumn, name: 'max_attempts' })
  maxAttempts!: number;

  @Column({ ...integerColumn, name: 'run_token' })
  runToken!: number;

  @Column('text', { name: 'progress_json', nullable: true })
  progressJson!: string | null;

  @Column('text', { name: 'result_json', nullable: true })
  resultJson!: string | null;

  @Column('text', { name: 'error_json', nullable: true })
  errorJson!: string | null;

  @Column('varchar', { name: 'dedupe_key', length: 200, nullable: true })
  dedupeKey!: string | null;

  @Column('varchar', { name: 'requested_by', length: 36, nullable: true })
  requestedBy!: string | null;

  @Column('varchar', { name: 'request_id', length: 100, nullable: true })
  requestId!: string | null;

  @Column('varchar', { length: 100, nullable: true })
  traceparent!: string | null;

  @Column('smallint', { name: 'cancel_requested' })
  cancelRequested!: number;

  @Column({ ...integerColumn, name: 'available_at' })
  availableAt!: number;

  @Column({ ...integerColumn, name: 'created_at' })
  createdAt!: number;

  @Column({ ...integerColumn, name: 'dispatched_at', nullable: true })
  dispatchedAt!: number | null;

  @Column({ ...integerColumn, name: 'checked_at', nullable: true })
  checkedAt!: number | null;

  @Column({ ...integerColumn, name: 'started_at', nullable: true })
  startedAt!: number | null;

  @Column({ ...integerColumn, name: 'finished_at', nullable: true })
  finishedAt!: number | null;

  @Column('varchar', { name: 'claimed_by', length: 100, nullable: true })
  claimedBy!: string | null;

  @Column({ ...integerColumn, name: 'claimed_until', nullable: true })
  claimedUntil!: number | null;
}
