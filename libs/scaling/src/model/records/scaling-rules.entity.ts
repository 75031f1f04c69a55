import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** One version of the rules, as it was written. */
@Entity('scaling_rules')
export class ScalingRulesEntity {
  @PrimaryColumn(integerColumn)
  version!: number;

  @Column('text')
  content!: string;

  @Column('nvarchar', { length: 200, nullable: true })
  author!: string | null;

  @Column(integerColumn)
  createdAt!: number;
}
