import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** One evaluation of the rules, with all that explains it. */
@Entity('scaling_decision')
export class ScalingDecisionEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column({ ...integerColumn, name: 'decided_at' })
  decidedAt!: number;

  @Column(integerColumn)
  fence!: number;

  @Column({ ...integerColumn, name: 'rules_version' })
  rulesVersion!: number;

  @Column('varchar', { length: 10 })
  mode!: string;

  @Column('smallint', { name: 'is_change' })
  isChange!: number;

  @Column('text', { name: 'content_json' })
  contentJson!: string;
}
