import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** A query of a store that had no result. */
@Entity('search_miss')
export class SearchMissEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 36 })
  storeId!: string;

  @Column('varchar', { length: 20 })
  locale!: string;

  /** As `notedForm` folds it. */
  @Column('varchar', { length: 100 })
  query!: string;

  @Column(integerColumn)
  missCount!: number;

  /** The beginning of a day. */
  @Column(integerColumn)
  lastAt!: number;
}
