import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** A query of a store that had a result. */
@Entity('popular_query')
export class PopularQueryEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 36 })
  storeId!: string;

  @Column('varchar', { length: 20 })
  locale!: string;

  /** As `notedForm` folds it. */
  @Column('varchar', { length: 100 })
  query!: string;

  /** Minutes in which a replica worked it out. */
  @Column(integerColumn)
  useCount!: number;

  /** The beginning of a day. */
  @Column(integerColumn)
  lastAt!: number;
}
