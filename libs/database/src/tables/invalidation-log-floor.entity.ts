import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '../schema/integer-column.js';

/** Up to where the invalidation log has been pruned: one row. */
@Entity('invalidation_log_floor')
export class InvalidationLogFloorEntity {
  @PrimaryColumn(integerColumn)
  id!: number;

  @Column(integerColumn)
  position!: number;
}
