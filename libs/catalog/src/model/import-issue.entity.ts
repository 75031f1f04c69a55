import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** What was wrong with a row of an uploaded file. */
@Entity('import_issue')
export class ImportIssueEntity {
  @PrimaryColumn('varchar', { length: 36 })
  importId!: string;

  @PrimaryColumn(integerColumn)
  sequence!: number;

  @Column(integerColumn)
  line!: number;

  @Column('nvarchar', { length: 300, nullable: true })
  handle!: string | null;

  @Column('nvarchar', { length: 200, nullable: true })
  columnName!: string | null;

  @Column('varchar', { length: 100 })
  code!: string;

  @Column('nvarchar', { length: 1000 })
  message!: string;
}
