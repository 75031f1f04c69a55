import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** A bulk change of prices and how far it has come. */
@Entity('repricing')
export class RepricingEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 36 })
  storeId!: string;

  @Column('varchar', { length: 3 })
  currency!: string;

  /** As `RepricingWork` says. */
  @Column('text')
  workJson!: string;

  @Column('varchar', { length: 36, nullable: true })
  undoneById!: string | null;

  @Column('varchar', { length: 36 })
  jobId!: string;

  @Column('varchar', { length: 36, nullable: true })
  createdBy!: string | null;

  @Column(integerColumn)
  createdAt!: number;

  @Column(integerColumn)
  productCount!: number;

  @Column('varchar', { length: 36 })
  lastProductId!: string;

  /** '' before the first. */
  @Column('varchar', { length: 36 })
  afterProductId!: string;

  @Column(integerColumn)
  doneCount!: number;

  @Column(integerColumn)
  changedCount!: number;

  @Column(integerColumn)
  unchangedCount!: number;

  @Column(integerColumn)
  skippedCount!: number;
}
