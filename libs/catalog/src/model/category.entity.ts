import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

@Entity('category')
export class CategoryEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 36 })
  storeId!: string;

  @Column('varchar', { length: 36, nullable: true })
  parentId!: string | null;

  @Column('varchar', { length: 200 })
  slug!: string;

  @Column(integerColumn)
  sortPosition!: number;

  @VersionColumn(integerColumn)
  version!: number;

  @Column(integerColumn)
  createdAt!: number;

  @Column(integerColumn)
  updatedAt!: number;
}
