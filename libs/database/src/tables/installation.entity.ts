import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '../schema/integer-column.js';

/** Which installation the database is: one row. */
@Entity('installation')
export class InstallationEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 64 })
  announcementKey!: string;

  @Column('varchar', { length: 100, nullable: true })
  home!: string | null;

  @Column(integerColumn)
  createdAt!: number;
}
