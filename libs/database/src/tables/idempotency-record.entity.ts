import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '../integer-column.js';

/** The answer to a request that must not be carried out twice. */
@Entity('idempotency_record')
export class IdempotencyRecordEntity {
  @PrimaryColumn('varchar', { length: 100 })
  scope!: string;

  @PrimaryColumn('varchar', { name: 'idempotency_key', length: 200 })
  idempotencyKey!: string;

  @Column('varchar', { length: 64 })
  fingerprint!: string;

  @Column('text', { name: 'answer_json' })
  answerJson!: string;

  @Column({ ...integerColumn, name: 'created_at' })
  createdAt!: number;
}
