import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';
import type { ScalingMode } from '../rules/scaling-rules.js';

/** One evaluation of the rules, with all that explains it. */
@Entity('scaling_decision')
export class ScalingDecisionEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column(integerColumn)
  decidedAt!: number;

  @Column(integerColumn)
  fence!: number;

  @Column(integerColumn)
  rulesVersion!: number;

  @Column('varchar', { length: 10 })
  mode!: ScalingMode;

  @Column('smallint')
  isChange!: number;

  @Column('text')
  contentJson!: string;
}
