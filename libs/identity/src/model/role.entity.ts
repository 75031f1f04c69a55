import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** What the staff who have the role may do. */
@Entity('role')
export class RoleEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 100 })
  name!: string;

  @Column('text')
  permissionsJson!: string;

  @Column(integerColumn)
  version!: number;

  @Column(integerColumn)
  createdAt!: number;

  @Column(integerColumn)
  updatedAt!: number;
}
