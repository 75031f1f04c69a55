import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '../schema/integer-column.js';

/** Who changed what, written by the unit of work that made the change. */
@Entity('audit_log')
export class AuditLogEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column(integerColumn)
  at!: number;

  @Column('varchar', { length: 20 })
  actorKind!: string;

  @Column('varchar', { length: 36, nullable: true })
  actorId!: string | null;

  @Column('varchar', { length: 100, nullable: true })
  requestId!: string | null;

  @Column('varchar', { length: 100 })
  action!: string;

  @Column('varchar', { length: 60 })
  entity!: string;

  @Column('varchar', { length: 100 })
  entityId!: string;

  @Column('text', { nullable: true })
  beforeJson!: string | null;

  @Column('text', { nullable: true })
  afterJson!: string | null;
}
