import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** A product that is shown beside another, worked out by a job. */
@Entity('related_product')
export class RelatedProductEntity {
  @PrimaryColumn('varchar', { length: 36 })
  productId!: string;

  @PrimaryColumn('varchar', { length: 36 })
  relatedId!: string;

  @Column(integerColumn)
  sortPosition!: number;
}
