import { Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '../schema/integer-column.js';

/** The table whose lock a unit of work takes first on SQLite, so that writers wait in order. */
@Entity('write_lock')
export class WriteLockEntity {
  @PrimaryColumn(integerColumn)
  id!: number;
}
