import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { integerColumn } from '../schema/integer-column.js';

/** A notification: written by a unit of work, pushed to its audience. */
@Entity('notification')
export class NotificationEntity {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('varchar', { length: 150 })
  audience!: string;

  @Column('varchar', { length: 100 })
  type!: string;

  @Column('text')
  payloadJson!: string;

  @Column(integerColumn)
  createdAt!: number;
}
