import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** None for a store about whose facets nothing was ever said. */
@Entity('facet_settings')
export class FacetSettingsEntity {
  @PrimaryColumn('varchar', { length: 36 })
  storeId!: string;

  /** A `FacetSettings`. */
  @Column('text')
  contentJson!: string;

  @Column(integerColumn)
  version!: number;

  @Column(integerColumn)
  updatedAt!: number;
}
