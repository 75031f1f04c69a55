import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '../schema/integer-column.js';

/** The answer to a request that must not be carried out twice. */
@Entity('idempotency_record')
export class IdempotencyRecordEntity {
  @PrimaryColumn('varchar', { length: 100 })
  scope!: string;

  @PrimaryColumn('varchar', { length: 200 })
  idempotencyKey!: string;

  @Column('varchar', { length: 64 })
  fingerprint!: string;

  @Column('text')
  answerJson!: string;

  @Column(integerColumn)
  createdAt!: number;
}
