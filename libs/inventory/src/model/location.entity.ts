import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** A place where goods of a store are kept. */
@Entity('location')
export class LocationEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 36 })
  storeId!: string;

  /** Unique in the store. */
  @Column('varchar', { length: 60 })
  code!: string;

  @Column('nvarchar', { length: 200 })
  name!: string;

  /**
   * In which order it is sold from, the lowest first; 0: nothing is sold from it; null: staff have said nothing, so the main
   * one is sold from and others are not.
   */
  @Column({ ...integerColumn, nullable: true })
  salePriority!: number | null;

  @VersionColumn(integerColumn)
  version!: number;

  @Column(integerColumn)
  createdAt!: number;

  @Column(integerColumn)
  updatedAt!: number;
}
