import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** What staff or a rule have switched; what has no row is on. */
@Entity('runtime_setting')
export class RuntimeSettingEntity {
  @PrimaryColumn('varchar', { length: 60 })
  name!: string;

  @Column('smallint')
  isOn!: number;

  @Column('nvarchar', { length: 200 })
  changedBy!: string;

  @Column(integerColumn)
  changedAt!: number;
}
