import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';
import type { ScaledRole } from '../rules/scaling-rules.js';

/** One measurement of a role. The value is a decimal text: the dialects have no fraction in common. */
@Entity('scaling_sample')
export class ScalingSampleEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column(integerColumn)
  sampledAt!: number;

  @Column('varchar', { length: 20 })
  role!: ScaledRole;

  @Column('varchar', { length: 80 })
  metric!: string;

  @Column('varchar', { length: 40 })
  valueText!: string;
}
