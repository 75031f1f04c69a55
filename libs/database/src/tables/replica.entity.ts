import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '../schema/integer-column.js';

/** A replica and what it last said of itself. */
@Entity('replica')
export class ReplicaEntity {
  @PrimaryColumn('varchar', { length: 100 })
  id!: string;

  @Column('varchar', { length: 20 })
  role!: string;

  @Column('varchar', { length: 40 })
  version!: string;

  @Column('varchar', { length: 300, nullable: true })
  url!: string | null;

  @Column(integerColumn)
  startedAt!: number;

  @Column(integerColumn)
  seenAt!: number;

  @Column('text')
  statusJson!: string;
}
