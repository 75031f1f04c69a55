import { Entity, PrimaryColumn } from 'typeorm';

/** Which roles a person has. */
@Entity('staff_user_role')
export class StaffUserRoleEntity {
  @PrimaryColumn('varchar', { length: 36 })
  userId!: string;

  @PrimaryColumn('varchar', { length: 36 })
  roleId!: string;
}
