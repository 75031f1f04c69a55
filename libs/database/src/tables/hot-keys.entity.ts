import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '../schema/integer-column.js';

/** Which cached values a replica uses most. */
@Entity('hot_keys')
export class HotKeysEntity {
  @PrimaryColumn('varchar', { length: 100 })
  replicaId!: string;

  @Column('varchar', { length: 20 })
  role!: string;

  @Column(integerColumn)
  notedAt!: number;

  @Column('text')
  keysJson!: string;
}
