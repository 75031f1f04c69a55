import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** The one row that says who decides, and what was decided last. */
@Entity('scaling_lease')
export class ScalingLeaseEntity {
  @PrimaryColumn('varchar', { length: 20 })
  id!: string;

  @Column('varchar', { length: 110 })
  holder!: string;

  @Column(integerColumn)
  fence!: number;

  @Column(integerColumn)
  expiresAt!: number;

  @Column('text')
  outcomeJson!: string;

  @Column(integerColumn)
  decidedAt!: number;
}
