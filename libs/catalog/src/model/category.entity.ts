import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

@Entity('category')
export class CategoryEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { name: 'store_id', length: 36 })
  storeId!: string;

  @Column('varchar', { name: 'parent_id', length: 36, nullable: true })
  parentId!: string | null;

  @Column('varchar', { length: 200 })
  slug!: string;

  @Column({ ...integerColumn, name: 'sort_position' })
  position!: number;

  @VersionColumn(integerColumn)
  version!: number;

  @Column({ ...integerColumn, name: 'created_at' })
  createdAt!: number;

  @Column({ ...integerColumn, name: 'updated_at' })
  updatedAt!: number;
}
